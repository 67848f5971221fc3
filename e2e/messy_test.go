package e2e

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"portico/internal/browser"
	"portico/internal/directory"
	"portico/internal/mainjob"
	"portico/internal/portaltest"
)

// messy names n accounts as an organisation does that has grown by mergers: in
// seven styles, up to 60 characters long, some from right to left, some in other
// scripts.
func messy(n int) []string {
	teams := []string{"payments", "card issuing", "data platform", "fx rates", "digital workplace services", "identity", "claims handling", "network hub"}
	stages := []string{"dev", "test", "acceptance", "production", "sandbox"}
	people := []string{"anna-kowalska", "jose-garcia", "li-wei", "fatima-al-zahra"}
	others := []string{"حسابات المدفوعات - الإنتاج", "支付平台 生产环境", "決済サービス（本番）", "תשלומים ייצור", "Zürich Straße Ökologie", "결제 플랫폼 운영"}
	title := func(s string) string {
		words := strings.Fields(s)
		for i, w := range words {
			words[i] = strings.ToUpper(w[:1]) + w[1:]
		}
		return strings.Join(words, " ")
	}
	names := make([]string, n)
	for i := range names {
		team, stage := teams[i/7%len(teams)], stages[i/3%len(stages)]
		kebab := strings.ReplaceAll(team, " ", "-")
		switch i % 8 {
		case 0:
			names[i] = kebab + "-" + stage
		case 1:
			names[i] = "Contoso " + title(team) + " (" + title(stage) + ") eu-west-1"
		case 2:
			names[i] = strings.ReplaceAll(title(team+" "+stage), " ", "")
		case 3:
			names[i] = "fabrikam_" + strings.ReplaceAll(team, " ", "_") + "_" + stage
		case 4:
			names[i] = fmt.Sprintf("app%04d-%s-%s", 300+i, kebab, stage[:3])
		case 5:
			names[i] = "Fabrikam / " + title(team) + " / " + strings.ToUpper(stage) + " / eu-central-1"
		case 6:
			names[i] = "sandbox-" + people[i/8%len(people)] + fmt.Sprint("-", i)
		default:
			names[i] = others[i/8%len(others)]
		}
	}
	return names
}

// rename gives the accounts that are listed other names, as a refresh would.
func rename(t *testing.T, j *mainjob.Job, names []string) {
	t.Helper()
	must(t, j.Close())
	edit(t, j.Browser.Control(), j.StartURL, func(d *directory.Directory) {
		for i := range d.Accounts {
			d.Accounts[i].Name = names[i]
		}
	})
	eval[bool](t, j.Browser.Control(), "Promise.all([chrome.storage.local.remove('head'), chrome.storage.session.remove('view')]).then(() => true)")
}

// everyGuise are the states that are pictured in dark, in forced colours and at
// 125 % as well: the repository is to stay small.
var everyGuise = map[string]bool{"messy-list": true, "messy-rtl": true}

// A large organisation that nobody has tidied up.
func statesOfAMess(t *testing.T, zoom float64, visit visitor) {
	j, _ := signedInAt(t, zoom, portaltest.Config{Accounts: 300, Roles: 3, TPS: -1, Interval: time.Second})
	rename(t, j, messy(300))
	must(t, open(t, j).Wait("document.querySelectorAll('.row').length > 3"))
	visit(t, open(t, j), "messy-list")
	saw(t)(j.Search("contoso digital"))
	saw(t)(open(t, j).WaitText("#target", "Contoso Digital"))
	visit(t, open(t, j), "messy-search")
	saw(t)(j.Copy())
	visit(t, open(t, j), "messy-copied")
	saw(t)(j.Search("المدفوعات"))
	saw(t)(open(t, j).WaitText("#target", "المدفوعات"))
	visit(t, open(t, j), "messy-rtl")
}

// picture takes one of a state for the documentation: what sticks out is an error.
func picture(t *testing.T, p *browser.Page, folder, name string) {
	t.Helper()
	must(t, p.Screenshot(filepath.Join(folder, name+".png")))
	fits(t, p)
}

func TestScreensOfAMess(t *testing.T) {
	folder := shots(t)
	t.Run("100", func(t *testing.T) {
		statesOfAMess(t, 100, func(t *testing.T, p *browser.Page, state string) {
			t.Helper()
			must(t, p.Dark(false))
			picture(t, p, folder, state+"-light")
			whole(t, p, state)
			if !everyGuise[state] {
				return
			}
			must(t, p.Dark(true))
			picture(t, p, folder, state+"-dark")
			must(t, p.Forced(true))
			picture(t, p, folder, state+"-forced-colours")
			must(t, p.Forced(false))
		})
	})
	t.Run("125", func(t *testing.T) {
		statesOfAMess(t, 125, func(t *testing.T, p *browser.Page, state string) {
			t.Helper()
			whole(t, p, state)
			if everyGuise[state] {
				picture(t, p, folder, state+"-125-percent")
			}
		})
	})
}
