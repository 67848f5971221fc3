package backend

import (
	"context"
	"maps"
	"slices"
	"strings"

	"portico/internal/message"
	"portico/internal/words"
)

// obey brings settings and offered portals to what the organisation that manages the
// browser wants now; docs/managed.md says what that can be. What a browser can't tell
// stays as it was.
func (b *Backend) obey(ctx context.Context) error {
	policy, err := b.Browser.Policy(ctx)
	if err != nil {
		return nil
	}
	now := b.managedBy(policy)
	changed, err := b.putManaged(ctx, now)
	if err != nil || !changed {
		return err
	}
	return b.follow(ctx)
}

func (b *Backend) putManaged(ctx context.Context, now message.Managed) (changed bool, err error) {
	b.state.Lock()
	defer b.state.Unlock()
	was, err := b.managed(ctx)
	if err != nil {
		return false, err
	}
	chosen, err := b.settings(ctx)
	if err != nil {
		return false, err
	}
	s, now := now.Onto(was, chosen)
	if now == was && s == chosen {
		return false, nil
	}
	return true, b.replaceSettings(ctx, chosen, s, map[string]string{message.ManagedKey: now.Text()})
}

func (b *Backend) managed(ctx context.Context) (message.Managed, error) {
	stored, err := b.Local.Get(ctx, message.ManagedKey)
	return message.ParseManaged(stored[message.ManagedKey]), err
}

// personal are settings that no organisation can choose: what was agreed to, and told.
var personal = []string{"consent", "pinTold", "copyTold"}

// managedBy reads a policy, whose values come by their paths. What can't hold of it is
// left out and said; all else holds.
func (b *Backend) managedBy(policy map[string]string) (m message.Managed) {
	known := message.Settings{}.Fields()
	for _, name := range personal {
		delete(known, name)
	}
	wrong := func(path string, err *message.Error) {
		m.Wrong += printable(path) + ": " + err.Message + " " + err.Hint + "\n"
	}
	portals, wanted, locked := make(map[string]message.NewPortal), message.Fields{}, map[string]bool{}
	for _, path := range slices.Sorted(maps.Keys(policy)) {
		value := policy[path]
		part := strings.Split(path, ".")
		_, isSetting := known[part[len(part)-1]]
		switch {
		case len(part) == 3 && part[0] == "portals" && (part[2] == "startUrl" || part[2] == "region"):
			p := portals[part[1]]
			if part[2] == "region" {
				p.Region = value
			} else {
				p.StartURL = value
			}
			portals[part[1]] = p
		case len(part) == 2 && part[0] == "settings" && isSetting:
			if value == "false" {
				value = ""
			}
			wanted[part[1]] = value
		case len(part) == 2 && part[0] == "locked":
			if _, ok := known[value]; ok {
				locked[value] = true
			} else {
				wrong(path, words.NoSuchSetting(printable(value)))
			}
		default:
			wrong(path, words.NotInPolicies())
		}
	}
	for _, n := range slices.Sorted(maps.Keys(portals)) {
		if portals[n].StartURL == message.Demo { // it is no organisation's
			wrong("portals."+n, words.NotInPolicies())
		} else if p, err := b.parsePortal(portals[n]); err != nil {
			wrong("portals."+n, explain(err))
		} else {
			m.Portals += p.StartURL + "\t" + p.Region + "\n"
		}
	}
	// What is wrong with one may be due to another that is left out.
	for {
		err := explain(checkSettings(message.Settings{}.With(wanted), wanted))
		if err == nil {
			break
		}
		wrong("settings."+err.Field, err)
		delete(wanted, err.Field)
		delete(locked, err.Field)
	}
	m.Settings, m.Locked = wanted.Text(), strings.Join(slices.Sorted(maps.Keys(locked)), " ")
	return m
}
