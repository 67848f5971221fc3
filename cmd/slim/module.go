package main

import (
	"encoding/binary"
	"errors"
)

// module is a WebAssembly module, with what its memory begins with laid out.
type module struct {
	before, after []byte // all sections but the data
	memory        []byte
}

const (
	preamble    = 8  // bytes before the first section: magic and version
	dataSection = 11 // its ID
	i32Const    = 0x41
	end         = 0x0b

	// gap is from how many zeroes on it is shorter to begin a new segment, as memory
	// is zero where none is.
	gap = 8
)

var errModule = errors.New("no WebAssembly module as Go’s linker writes them")

// read takes a module apart.
func read(program []byte) (*module, error) {
	if len(program) < preamble || string(program[:4]) != "\x00asm" {
		return nil, errModule
	}
	for at := preamble; at < len(program); {
		from, id := at, program[at]
		size, n := binary.Uvarint(program[at+1:])
		at += 1 + n
		if n <= 0 || size > uint64(len(program)-at) {
			return nil, errModule
		}
		body := program[at : at+int(size)]
		at += int(size)
		if id != dataSection {
			continue
		}
		memory, err := layOut(body)
		return &module{program[:from], program[at:], memory}, err
	}
	return nil, errModule
}

// layOut gives the memory that a data section describes.
func layOut(section []byte) (memory []byte, err error) {
	count, section := unsigned(section)
	for range count {
		var index, size uint64
		var at int64
		index, section = unsigned(section)
		if index != 0 || len(section) == 0 || section[0] != i32Const {
			return nil, errModule
		}
		at, section = signed(section[1:])
		if at < 0 || at > 1<<31 || len(section) == 0 || section[0] != end {
			return nil, errModule
		}
		size, section = unsigned(section[1:])
		if size > uint64(len(section)) {
			return nil, errModule
		}
		if more := int(at) + int(size) - len(memory); more > 0 {
			memory = append(memory, make([]byte, more)...)
		}
		copy(memory[at:], section[:size])
		section = section[size:]
	}
	return memory, nil
}

// bytes puts the module together again.
func (m *module) bytes() []byte {
	var segments []byte
	count := uint64(0)
	for from, to := m.segment(0); from < to; from, to = m.segment(to) {
		segments = append(segments, 0, i32Const)
		segments = appendSigned(segments, int64(from))
		segments = append(segments, end)
		segments = binary.AppendUvarint(segments, uint64(to-from))
		segments = append(segments, m.memory[from:to]...)
		count++
	}
	section := append(binary.AppendUvarint(nil, count), segments...)
	whole := append([]byte{}, m.before...)
	whole = binary.AppendUvarint(append(whole, dataSection), uint64(len(section)))
	whole = append(whole, section...)
	return append(whole, m.after...)
}

// segment gives the next part of the memory that is not zero.
func (m *module) segment(from int) (start, stop int) {
	for from < len(m.memory) && m.memory[from] == 0 {
		from++
	}
	to := from
	for at := from; at < len(m.memory) && at < to+gap; at++ {
		if m.memory[at] != 0 {
			to = at + 1
		}
	}
	return from, to
}

// unsigned reads a number of LEB128, and gives what follows it: nothing if there is
// no number.
func unsigned(b []byte) (uint64, []byte) {
	v, n := binary.Uvarint(b)
	return v, b[max(0, n):]
}

func signed(b []byte) (int64, []byte) {
	v := int64(0)
	for i := 0; i < len(b) && i < 10; i++ {
		v |= int64(b[i]&0x7f) << (7 * i)
		if b[i]&0x80 != 0 {
			continue
		}
		if b[i]&0x40 != 0 && i < 9 {
			v |= -1 << (7 * (i + 1))
		}
		return v, b[i+1:]
	}
	return 0, nil
}

func appendSigned(b []byte, v int64) []byte {
	for ; v < -0x40 || v >= 0x40; v >>= 7 {
		b = append(b, byte(v)|0x80)
	}
	return append(b, byte(v)&0x7f)
}
