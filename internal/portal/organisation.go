package portal

import "strings"

// Shared gives what two addresses have in common that is one organisation's alone:
// the ID of its directory or instance (d-…, ssoins-…), the same in every family and
// region of a partition, or its alias. It is empty if they share none; two may lead
// to one organisation all the same, since an alias does not tell the ID behind it.
func (p Portal) Shared(other Portal) string {
	id, partition := p.organisation()
	if otherID, otherPartition := other.organisation(); id != otherID || partition != otherPartition {
		return ""
	}
	return id
}

// SameInstance tells whether two addresses lead to one instance of IAM Identity Center:
// nobody else's has its ID.
func (p Portal) SameInstance(other Portal) bool { return strings.HasPrefix(p.Shared(other), "ssoins-") }

// organisation gives what the portal's address calls its organisation, in which
// partition. The demo's has none, nor those of this computer that stand for none
// of AWS's.
func (p Portal) organisation() (id, partition string) {
	a, err := ParseAddress(p.StartURL)
	if err != nil || a.Partition == "" {
		return "", ""
	}
	if a.ID != "" {
		return a.ID, a.Partition
	}
	_, host, path := split(a.URL)
	if dir, ok := strings.CutPrefix(path, strings.TrimPrefix(string(atDirectory), "/")); ok {
		return dir, a.Partition
	}
	id, _, _ = strings.Cut(host, ".")
	return id, a.Partition
}
