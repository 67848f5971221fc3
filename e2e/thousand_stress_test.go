//go:build stress

package e2e

// thousandTPS is the quota of real portals, as far as anybody knows.
const thousandTPS = 20
