package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
)

// The tables that Go's runtime has of the program's functions. Their shapes are those
// of runtime/symtab.go, runtime/runtime2.go, runtime/symtabinl.go and
// internal/abi/symtab.go in Go's source. What is said there to be absent, by an offset
// of 0 or of all ones, the runtime does without, and prints "?" for a file.

// header is pcHeader. Its offsets are from itself.
type header struct {
	Magic                                  [8]byte
	Funcs, Files, _                        uint64 // how many
	Names, Units, FileNames, PCs, FuncTabs uint64
}

// magic is the tables' version, two zeroes, the size of the smallest instruction and
// that of a pointer.
var magic = [8]byte{0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8}

// slice is one as it lies in memory.
type slice struct{ At, Len, Cap uint64 }

// moduleData is how the runtime's moduledata begins.
type moduleData struct {
	Header                                   uint64
	Names, Units, FileNames, PCs, Table, Tab slice
	FindFunc                                 uint64
	PC, Text                                 [2]uint64 // from, to
	NoPtrData, Data, BSS, NoPtrBSS, Cov      [2]uint64
	End, GCData, GCBSS                       uint64
	Types                                    [2]uint64
	ROData, FuncData, EndOfTable             uint64
}

// function is _func. Offsets of its PC tables follow, and then those of its data.
type function struct {
	Entry, Name, Args, DeferReturn uint32
	SP, File, Line                 uint32 // tables of how deep the stack is, and of what is printed
	PCTables                       uint32 // how many more
	Unit, StartLine                uint32
	ID, Flag, _, Data              uint8 // Data is how many there are
}

// call is inlinedCall.
type call struct {
	ID        [4]uint8
	Name      int32
	ParentPC  int32
	StartLine int32
}

// Kinds that only the print of a crash reads.
const (
	pcInlined = 2 // which call an instruction is of
	pcLive    = 3 // arguments that are known there

	dataInlined  = 3 // those calls
	dataArgs     = 5 // where arguments lie
	dataArgsLive = 6

	noData = 0xffffffff
)

var (
	functionSize = binary.Size(function{})
	callSize     = binary.Size(call{})
)

// tables are those of a program, in its memory. Fields are addresses.
type tables struct {
	memory                             []byte
	names, units, pcs, funcs, funcData int
	count                              int // of functions
}

var errTables = errors.New("its tables of functions are not as known")

// find finds the tables in a program's memory.
func find(memory []byte) (*tables, error) {
	at := bytes.Index(memory, magic[:])
	if at < 0 || bytes.Contains(memory[at+1:], magic[:]) {
		return nil, fmt.Errorf("%w: no beginning, or several", errTables)
	}
	var h header
	if _, err := binary.Decode(memory[at:], binary.LittleEndian, &h); err != nil {
		return nil, err
	}
	base := uint64(at)
	for word := 0; word+8 <= len(memory); word += 8 {
		var d moduleData
		if binary.LittleEndian.Uint64(memory[word:]) != base {
			continue
		}
		if _, err := binary.Decode(memory[word:], binary.LittleEndian, &d); err != nil || d.Names.At != base+h.Names {
			continue
		}
		if d.Units.At != base+h.Units || d.FileNames.At != base+h.FileNames || d.PCs.At != base+h.PCs || d.Table.At != base+h.FuncTabs ||
			d.Tab.At != d.Table.At || d.Tab.Len != h.Funcs+1 ||
			h.Names > h.Units || h.Units > h.FileNames || h.FileNames > h.PCs || h.PCs > h.FuncTabs ||
			d.Table.At+d.Table.Len > d.FuncData || d.FuncData > d.EndOfTable || d.EndOfTable > uint64(len(memory)) {
			return nil, fmt.Errorf("%w: addresses differ", errTables)
		}
		return &tables{memory, int(d.Names.At), int(d.Units.At), int(d.PCs.At), int(d.Table.At), int(d.FuncData), int(h.Funcs)}, nil
	}
	return nil, fmt.Errorf("%w: nothing leads to them", errTables)
}

// slim takes out what only the print of a crash reads. The tables are as they were, or
// worthless, if it fails.
func (t *tables) slim() error {
	used := make([]bool, t.funcs-t.pcs) // bytes of tables that stay
	for i := range t.count {
		at := t.funcs + t.word(t.funcs+8*i+4)
		var f function
		if _, err := binary.Decode(t.memory[at:], binary.LittleEndian, &f); err != nil {
			return err
		}
		f.File, f.Line, f.Unit, f.StartLine = 0, 0, 0, 0
		if _, err := binary.Encode(t.memory[at:], binary.LittleEndian, &f); err != nil {
			return err
		}
		pcs := at + functionSize
		data := pcs + 4*int(f.PCTables)
		if pcInlined < f.PCTables && dataInlined < f.Data {
			if err := t.clearCalls(t.word(pcs+4*pcInlined), t.word(data+4*dataInlined)); err != nil {
				return err
			}
		}
		for _, kind := range []uint8{dataInlined, dataArgs, dataArgsLive} {
			if kind < f.Data {
				t.put(data+4*int(kind), noData)
			}
		}
		t.use(used, int(f.SP))
		for kind := range f.PCTables {
			field := pcs + 4*int(kind)
			if kind == pcInlined || kind == pcLive {
				t.put(field, 0)
			}
			t.use(used, t.word(field))
		}
	}
	for i, used := range used {
		if !used {
			t.memory[t.pcs+i] = 0
		}
	}
	clear(t.memory[t.units:t.pcs]) // the files, and which are whose
	return nil
}

// clearCalls takes out the calls inlined into a function, of which a PC table tells
// how many there are.
func (t *tables) clearCalls(pcTable, data int) error {
	if pcTable == 0 || data == noData {
		return nil
	}
	calls := 0
	t.walk(pcTable, func(value, _, _ int) { calls = max(calls, value+1) })
	for at := t.funcData + data; calls > 0; calls, at = calls-1, at+callSize {
		var c call
		if _, err := binary.Decode(t.memory[at:], binary.LittleEndian, &c); err != nil {
			return err
		}
		if c.Name < 0 || int(c.Name) >= t.units-t.names {
			return fmt.Errorf("%w: an inlined call has no name", errTables)
		}
		clear(t.memory[at : at+callSize])
	}
	return nil
}

// use notes the bytes of a PC table.
func (t *tables) use(used []bool, pcTable int) {
	t.walk(pcTable, func(_, from, to int) {
		for i := from; i < to; i++ {
			used[i] = true
		}
	})
}

// walk tells each value of a PC table, and between which offsets it stands; the last
// once more with the table's end.
func (t *tables) walk(at int, tell func(value, from, to int)) {
	if at == 0 {
		return // there is none
	}
	next := func() uint64 {
		v, n := binary.Uvarint(t.memory[t.pcs+at:])
		at += n
		return v
	}
	value := int32(-1)
	for first := true; ; first = false {
		from := at
		step := next()
		if step == 0 && !first {
			tell(int(value), from, at)
			return
		}
		value += int32(step>>1) ^ -int32(step&1) // as signed numbers are written
		next()                                   // for how many instructions
		tell(int(value), from, at)
	}
}

func (t *tables) word(at int) int { return int(binary.LittleEndian.Uint32(t.memory[at:])) }

func (t *tables) put(at int, value uint32) { binary.LittleEndian.PutUint32(t.memory[at:], value) }
