// Program work does what needs the runtime's tables of functions: stacks that grow
// and are moved, garbage that is found from them, panics that are recovered from, in
// functions that are inlined too. In the end it crashes.
package main

import (
	"errors"
	"os"
	"runtime"
)

type tree struct{ left, right *tree }

//go:noinline
func grow(depth int) *tree {
	var room [64]int
	room[depth%64] = depth
	if depth == 0 {
		return &tree{}
	}
	t := &tree{left: grow(depth - 1)}
	if depth%1000 == 0 {
		runtime.GC()
	}
	t.right = &tree{}
	return t
}

func (t *tree) depth() int {
	if t == nil {
		return 0
	}
	return 1 + max(t.left.depth(), t.right.depth())
}

// at is inlined, and panics out of range.
func at(list []int, i int) int { return list[i] }

func caught(i int) (err error) {
	defer func() {
		if cause, ok := recover().(runtime.Error); ok {
			err = errors.Join(cause, err)
		}
	}()
	defer func() { err = errors.New("deferred") }()
	return errors.New(string(rune(at([]int{'a'}, i))))
}

//go:noinline
func crash() { panic("in the end") }

func main() {
	done := make(chan int)
	for i := range 8 {
		go func() { done <- grow(2000 + i).depth() }()
	}
	sum := 0
	for range 8 {
		sum += <-done
	}
	println("depth", sum)
	err := caught(7)
	println("caught", err.Error())
	os.Stdout.WriteString("done\n")
	crash()
}
