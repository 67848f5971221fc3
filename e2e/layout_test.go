package e2e

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"portico/internal/browser"
	"portico/internal/directory"
	"portico/internal/portaltest"
)

// lost names what a person could not see or reach in the window as it is.
const lost = `(() => {
	const lost = [];
	const within = (box, outer) => box.left >= outer.left - 0.5 && box.right <= outer.right + 0.5 && box.top >= outer.top - 0.5 && box.bottom <= outer.bottom + 0.5;
	const screen = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
	const shown = (selector) => [...document.querySelectorAll(selector)].filter(e => e.checkVisibility({visibilityProperty: true}) && !e.closest('.unseen'));
	const menu = document.querySelector('dialog[open], #menu:not([hidden])');
	for (const button of shown('button, select, #query, dialog, dialog input')) {
		const box = button.getBoundingClientRect();
		if (!within(box, screen)) lost.push(button.id || button.textContent);
		if (menu && !menu.contains(button)) continue;
		const there = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
		if (!button.contains(there)) lost.push((button.id || button.textContent) + ' is behind ' + (there?.id || there?.className));
	}
	const row = shown('.row[aria-selected=true]')[0];
	const list = document.getElementById('rows');
	if (row && !within(row.getBoundingClientRect(), list.getBoundingClientRect())) lost.push('the selected row');
	if (!row && shown('.row').length > 0) lost.push('any selected row');
	const option = shown('.option[aria-selected=true]')[0];
	if (menu?.id === 'actions' && !(option && within(option.getBoundingClientRect(), option.parentNode.getBoundingClientRect()))) lost.push('the selected action');
	for (const text of shown('#target, #notice:not(:empty), #banner, #banner-text, #empty-title, #signin-title, #signin-code, #signin-hint, #add-title, #add-error, #portal, .format')) {
		const box = text.getBoundingClientRect();
		if (box.left < -0.5 || box.right > innerWidth + 0.5 || text.scrollWidth > text.clientWidth + 1 && text.id !== 'portal') lost.push('a part of #' + text.id);
		if (!text.closest('.text') && !within(box, screen)) lost.push('#' + text.id);
	}
	// What scrolls of a card is its text alone, and only if it has to.
	if (document.documentElement.scrollTop || document.documentElement.scrollLeft || document.body.scrollHeight > innerHeight + 0.5 || document.body.scrollWidth > innerWidth + 0.5) lost.push('the page scrolls');
	return lost.join(', ');
})()`

// whole fails the test if something is out of reach.
func whole(t *testing.T, p *browser.Page, state string) {
	t.Helper()
	size := eval[string](t, p, "innerWidth + ' x ' + innerHeight + ' at ' + devicePixelRatio")
	if err := p.Wait("(" + lost + ") === ''"); err != nil {
		t.Errorf("%s, %s: out of sight or reach: %s", state, size, eval[string](t, p, lost))
		must(t, p.Screenshot(shots(t)+"/lost-"+state+".png"))
	}
}

// The popup is as large as the browser lets it be; what it shows fits, in every
// state. 200 % leaves 400 x 300 pixels.
func TestEveryStateFitsAtEveryZoom(t *testing.T) {
	for _, zoom := range []float64{100, 125, 150, 200} {
		t.Run(fmt.Sprint(zoom), func(t *testing.T) { everyStateAt(t, zoom, whole) })
	}
}

// Windows that a browser can leave where it is not the zoom that counts: a low
// screen, a narrow one. The size of a popup can not be emulated, so this is its
// page in a tab.
func TestPopupFitsSmallWindows(t *testing.T) {
	j, _ := signedIn(t, portaltest.Config{Accounts: 60, Roles: 3, TPS: -1, Interval: time.Second})
	must(t, j.Close())
	p, err := j.Browser.NewTab(j.Browser.Address("popup/popup.html"))
	must(t, err)
	must(t, p.Wait("document.querySelectorAll('.row').length > 0 && !!portico.event"))
	for _, size := range [][2]int64{{420, 560}, {420, 448}, {420, 373}, {420, 300}, {360, 560}, {400, 300}, {320, 300}, {210, 560}, {210, 300}} {
		must(t, p.Resize(size[0], size[1]))
		name := fmt.Sprintf("%dx%d", size[0], size[1])
		whole(t, p, "list "+name)
		// The selection stays in view, where it is the last row that fits as well.
		for range 8 {
			must(t, p.Press("ArrowDown"))
		}
		whole(t, p, "further down "+name)
		must(t, p.Screenshot(shots(t)+"/"+name+".png"))
	}
}

// However long what is said below the list: the buttons stay where they can be
// pressed, and the selected row where it can be read.
func TestLongNamesLeaveRoomInSmallWindows(t *testing.T) {
	j, _ := signedIn(t, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	long := make([]string, 12)
	for i := range long {
		long[i] = fmt.Sprint("contoso-enterprise-digital-workplace-services-payments-platform-eu-west-1-production-", i)
	}
	rename(t, j, long)
	p, err := j.Browser.NewTab(j.Browser.Address("popup/popup.html"))
	must(t, err)
	must(t, p.Wait("document.querySelectorAll('.row').length > 0 && !!portico.event"))
	for _, size := range [][2]int64{{420, 560}, {420, 373}, {420, 300}, {280, 373}, {210, 300}} {
		must(t, p.Resize(size[0], size[1]))
		name := fmt.Sprintf("%dx%d", size[0], size[1])
		must(t, p.Press("ArrowDown"))
		whole(t, p, "target "+name)
		must(t, p.Screenshot(shots(t)+"/target-"+name+".png"))
		must(t, p.Press("Enter"), p.Wait("/^(Copied|Not copied)/.test(document.querySelector('#notice').textContent)"))
		whole(t, p, "copied "+name)
		must(t, p.Screenshot(shots(t)+"/copied-"+name+".png"))
	}
}

// What was copied is said where the target stood, covers nothing, and makes way
// for the next selection.
func TestNoticeTakesTheTargetsPlaceAndLeaves(t *testing.T) {
	j, _ := signedIn(t, portaltest.Config{Accounts: 60, Roles: 3, TPS: -1, Interval: time.Second})
	p := open(t, j)
	must(t, p.Press("ArrowUp"), p.Wait("document.querySelector('[aria-selected=true]').ariaPosInSet === '180'")) // the last row
	saw(t)(j.Copy())
	if !eval[bool](t, p, "!document.getElementById('target').checkVisibility() && document.querySelector('footer').contains(document.getElementById('notice'))") {
		t.Error("the notice does not stand where the target stood")
	}
	whole(t, p, "copied")
	must(t, p.Press("ArrowDown"), p.Wait("document.getElementById('notice').textContent === '' && document.getElementById('target').checkVisibility()"))

	saw(t)(j.Copy())
	must(t, p.Wait("document.getElementById('notice').textContent === ''")) // by itself
}

// A long name is cut in a row, where the whole of it shows on hovering, and never
// where it says what Enter acts on.
func TestLongNamesAreWholeWhereItCounts(t *testing.T) {
	j, _ := signedIn(t, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	p := open(t, j)
	const long = "Contoso Digital Workplace Services (Acceptance) eu-west-1 "
	edit(t, p, j.StartURL, func(d *directory.Directory) {
		for i := range d.Accounts {
			d.Accounts[i].Name = long + long + strconv.Itoa(i)
		}
	})
	saw(t)(p.WaitText("#target", long+long))
	whole(t, p, "long names")
	must(t, j.Shot("long-names"))
	if !eval[bool](t, p, `[...document.querySelectorAll('.account .name, .row .role')].every(cell => cell.title === cell.textContent)
		&& document.querySelector('.account .name .head').scrollWidth > document.querySelector('.account .name .head').clientWidth`) {
		t.Error("a row does not show its whole name on hovering, or no name is cut")
	}
}

// Names of one organisation begin alike. What they differ in stays in view, at
// whichever end it is and whichever way they are written; what is read out, searched
// and shown on hovering is the name in one piece.
func TestNamesThatDifferAtTheirEndsAreToldApart(t *testing.T) {
	const start, rtl = "contoso-enterprise-digital-workplace-services-eu-west-1-production-", "حسابات المدفوعات في المنطقة الأوروبية الغربية الإنتاج "
	names := []string{start + "a", start + "b", start + "c", rtl + "أ", rtl + "ب",
		start + "👩‍👩‍👧‍👦-0123456789ab", strings.Repeat("e\u0301", 60), "short-a", "short-b"}
	j, _ := signedIn(t, portaltest.Config{Accounts: len(names), Roles: 2, TPS: -1, Interval: time.Second})
	rename(t, j, names)
	p, err := j.Browser.NewTab(j.Browser.Address("popup/popup.html"))
	must(t, err)
	must(t, p.Wait("document.querySelectorAll('.row').length > 0 && !!portico.event"))
	for _, size := range [][2]int64{{420, 560}, {280, 560}} {
		must(t, p.Resize(size[0], size[1]))
		for _, query := range []string{"", "contoso production", "production-b", "المدفوعات"} {
			must(t, p.Fill("#query", query), p.Wait(fmt.Sprintf("document.querySelector('#query').value === %q && !!document.querySelector('.row')", query)))
			must(t, p.Screenshot(fmt.Sprintf("%s/%d-%s.png", shots(t), size[0], strings.ReplaceAll(query, " ", "-"))))
			if bad := eval[string](t, p, `(() => {
				const bad = [];
				for (const cell of document.querySelectorAll('.account > bdi, .row > bdi, .row .note')) {
					if (cell.title !== cell.textContent) bad.push('on hovering: ' + cell.title);
					for (const told of cell.closest('.row') ? [cell.closest('.row')] : [cell.closest('.group'), ...cell.closest('.group').querySelectorAll('.row')]) {
						if (!told.ariaLabel.includes(cell.textContent)) bad.push('read out: ' + told.ariaLabel);
					}
					const [head, tail] = cell.querySelectorAll('.head, .tail');
					if (!head !== cell.textContent.length <= 34) bad.push('in parts or not: ' + cell.textContent);
					if (!head) continue;
					if (tail.scrollWidth > tail.clientWidth) bad.push('cut: ' + tail.textContent);
					const [from, to] = [head.getBoundingClientRect(), tail.getBoundingClientRect()];
					if (cell.matches('.name') && cell.querySelector('.first').getBoundingClientRect().bottom > to.top + 1) bad.push('on one line: ' + cell.textContent);
					const rtl = /^[\u0590-\u08ff]/.test(cell.textContent);
					if (rtl ? to.right > from.left + 1 : to.left < from.right - 1) bad.push('the wrong way round: ' + cell.textContent);
					if (/^[\p{M}\u200d]|\u200d$/u.test(tail.textContent)) bad.push('a letter in parts: ' + tail.textContent);
					if (document.querySelector('#query').value === 'production-b' && !tail.querySelector('mark')) bad.push('not marked: ' + tail.textContent);
					if (cell.querySelector('mark:empty')) bad.push('an empty mark');
				}
				return bad.join('\n');
			})()`); bad != "" {
				t.Errorf("%d pixels, %q: %s", size[0], query, bad)
			}
		}
	}
}

// With forced colours, matched letters, the selection and the focus are told by
// the system's colours and by lines.
func TestForcedColoursShowWhatColoursShowed(t *testing.T) {
	everyState(t, func(t *testing.T, p *browser.Page, state string) {
		t.Helper()
		must(t, p.Forced(true))
		if bad := eval[string](t, p, `(() => {
			if (!matchMedia('(forced-colors: active)').matches) return 'no forced colours';
			const bad = [];
			const style = (e) => getComputedStyle(e);
			const [selected] = document.querySelectorAll('.row[aria-selected=true]');
			const [other] = document.querySelectorAll('.row[aria-selected=false]');
			if (selected?.checkVisibility()) {
				if (style(selected).backgroundColor === style(document.body).backgroundColor) bad.push('the selection');
				if (style(selected).outlineStyle === 'none') bad.push('the line around the selection');
				if (other && !other.matches(':hover, .guarded') && style(other).borderLeftColor !== style(document.body).backgroundColor) bad.push('a bar at rows that are not selected');
				const [guarded] = document.querySelectorAll('.row.guarded[aria-selected=false]');
				if (guarded && (style(guarded).borderLeftColor === style(document.body).backgroundColor || style(guarded).borderLeftStyle !== 'double')) bad.push('what is guarded');
				if (other && style(selected).backgroundColor === style(other).backgroundColor) bad.push('which row is selected');
				for (const cell of selected.children) if (style(cell).color === style(selected).backgroundColor) bad.push('text of the selection');
			}
			for (const mark of document.querySelectorAll('mark')) {
				if (style(mark).backgroundColor === style(mark.closest('.row, .account')).backgroundColor || style(mark).color === style(mark).backgroundColor || style(mark).backgroundColor === 'rgba(0, 0, 0, 0)') bad.push('matched letters');
			}
			const focused = document.activeElement;
			if (focused.matches(':focus-visible, input') && focused.checkVisibility() && style(focused).outlineStyle === 'none') bad.push('the focus');
			for (const bar of document.querySelectorAll('.progress i')) if (bar.checkVisibility() && style(bar).backgroundColor === style(bar.parentElement).backgroundColor) bad.push('the progress');
			return bad.join(', ');
		})()`); bad != "" {
			t.Errorf("%s: not told in forced colours: %s", state, bad)
		}
		must(t, p.Screenshot(shots(t)+"/"+state+".png"), p.Forced(false))
	})
}
