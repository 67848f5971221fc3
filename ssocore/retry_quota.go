package ssocore

import "sync"

// The retry quota of the standard mode: every retry costs, success pays back.
// When a service is down for good, a client's calls soon make one attempt each
// instead of three. Throttled attempts of a paced call are free: the Limiter
// deals with them.
const (
	quotaSize    = 500
	retryCost    = 5
	successBonus = 1 // paid back by a call that needed no retry
)

// retryQuota is what a client has left for retries. The zero value is full.
type retryQuota struct {
	mu   sync.Mutex
	used int
}

// take pays for a retry, if enough is left.
func (q *retryQuota) take() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.used+retryCost > quotaSize {
		return false
	}
	q.used += retryCost
	return true
}

// succeeded pays back what the call's last retry cost.
func (q *retryQuota) succeeded(a *attempts) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if a.paid {
		q.used -= retryCost
	} else {
		q.used -= successBonus
	}
	q.used = max(q.used, 0)
}
