//go:build !stress

package e2e

// thousandTPS has a thousand accounts listed in half a minute.
const thousandTPS = 50
