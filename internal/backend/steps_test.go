package backend

import (
	"context"
	"errors"
	"maps"
	"strconv"
	"sync"
	"testing"
)

// memory is a Store whose n-th write fails, once it is done or just before.
type memory struct {
	data   map[string]string
	failAt int
	kept   bool
}

func (m *memory) Get(_ context.Context, keys ...string) (map[string]string, error) {
	values := map[string]string{}
	for _, key := range keys {
		if value, ok := m.data[key]; ok {
			values[key] = value
		}
	}
	return values, nil
}

func (m *memory) Set(_ context.Context, values map[string]string) error {
	m.failAt--
	if m.failAt != 0 || m.kept {
		maps.Copy(m.data, values)
	}
	if m.failAt == 0 {
		return errors.New("the worker died")
	}
	return nil
}

func (m *memory) Remove(_ context.Context, keys ...string) error {
	for _, key := range keys {
		delete(m.data, key)
	}
	return nil
}

// Each step is taken once, on what the one before it has stored, whatever was
// stored first and whenever the worker died.
func TestStepsAreTakenInOrder(t *testing.T) {
	const last = 4
	steps := make([]step, last)
	for i := range steps {
		steps[i] = func(ctx context.Context, local Store) (map[string]string, error) {
			if i == 2 {
				return nil, nil // nothing to change
			}
			stored, err := local.Get(ctx, "taken")
			return map[string]string{"taken": stored["taken"] + strconv.Itoa(i)}, err
		}
	}
	want := []string{"013", "13", "3", "3", ""}
	for from := range last + 1 {
		for failAt := range last + 1 {
			for _, kept := range []bool{true, false} {
				m := &memory{data: map[string]string{}, failAt: failAt, kept: kept}
				if from > 0 {
					m.data[versionKey] = strconv.Itoa(from)
				}
				local := mended{m, new(sync.Mutex)}
				err := migrate(t.Context(), local, steps)
				if died := failAt > 0 && failAt <= last-from; (err != nil) != died {
					t.Fatalf("from %d, write %d fails: %v", from, failAt, err)
				}
				if err := migrate(t.Context(), local, steps); err != nil {
					t.Fatal(err)
				}
				if m.data["taken"] != want[from] || m.data[versionKey] != strconv.Itoa(last) {
					t.Errorf("from %d, write %d failed (%v): %v", from, failAt, kept, m.data)
				}
			}
		}
	}
}
