package credfmt_test

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"portico/internal/credfmt"
	"portico/internal/credfmt/list"
	"portico/internal/placeholder"
)

func templated(t testing.TB, template, shell string, c *credfmt.Credentials) string {
	t.Helper()
	return write(t, list.Template, c, credfmt.Options{Template: template, Shell: shell, Region: "eu-central-1"})
}

func TestTemplates(t *testing.T) {
	c := ordinary()
	c.AccessKeyID, c.SecretAccessKey, c.SessionToken, c.AccountName = "ASIA1", "s/+=", "tok==", `it's "50%" $x!`
	for _, test := range []struct{ shell, template, want string }{
		{list.POSIX, ``, ``},
		{list.POSIX, `x {accessKeyId} y`, `x "ASIA1" y`},
		{list.POSIX, `export A={accountName}`, `export A="it's \"50%\" \$x"'!'""`},
		{list.POSIX, `export A="<{accountName}>"`, `export A="<it's \"50%\" \$x"'!'">"`},
		{list.POSIX, `echo '{{}}' # {region} {expiration}`, `echo '{}' # "eu-central-1" "2026-03-01T19:30:05Z"`},
		{list.POSIX, `{accountId}{roleName}`, `"123456789012""AdministratorAccess"`},
		{list.POSIX, `--profile {profile}`, `--profile "123456789012_AdministratorAccess"`},
		{list.Fish, `set A {accountName}`, `set A "it's \"50%\" \$x!"`},
		{list.PowerShell, `$x=@{{k={accountName}}}`, "$x=@{k=\"it's `\"50%`\" `$x!\"}"},
		{list.Cmd, `SET "A={accountName}"`, `SET "A=it's _50__ $x_"`},
		{list.Cmd, `SET A={accountName}`, `SET A=it's _50__ $x_`},
		{list.Nushell, `$env.A = {accountName}`, `$env.A = "it's \"50%\" $x\u{21}"`},
		{list.JSON, `{{"a": {accountName}, "b": "-{roleName}-"}}`, `{"a": "it's \"50%\" $x!", "b": "-AdministratorAccess-"}`},
		{credfmt.Plain, `key = '{secretAccessKey}' # {accountName}`, `key = 's/+=' # it_s _50__ _x_`},
	} {
		if got := templated(t, test.template, test.shell, c); got != test.want {
			t.Errorf("%s, %s: got %s, want %s", test.shell, test.template, got, test.want)
		}
	}
}

func TestWhatIsWrongWithATemplateIsSaidAndWhere(t *testing.T) {
	for _, test := range []struct {
		shell, template string
		problem         placeholder.Problem
		what            string // of the template
	}{
		{list.POSIX, "export A={accessKey}", placeholder.Unknown, "{accessKey}"},
		{list.POSIX, "export A=${HOME}", placeholder.Unknown, "{HOME}"},
		{list.POSIX, "é {accessKeyId", placeholder.Unclosed, "{accessKeyId"},
		{list.POSIX, "a { b", placeholder.Unclosed, "{"},
		{list.POSIX, "a } b", placeholder.Unopened, "}"},
		{list.POSIX, "é '{roleName}'", placeholder.InQuotes, "{roleName}"},
		{list.POSIX, "é {{ 'a", placeholder.Unclosed, "'a"},
		{list.POSIX, "'a\n'", placeholder.Unclosed, "'a"},
		{list.POSIX, "\"a {roleName}\nb\"", placeholder.Unclosed, "\"a {roleName}"},
		{list.POSIX, `\{roleName}`, placeholder.Forbidden, `\`},
		{list.POSIX, "`echo {roleName}`", placeholder.Forbidden, "`"},
		{list.POSIX, `"$(echo {roleName})"`, placeholder.Forbidden, "$"},
		{list.POSIX, "cat <<EOF\n{roleName}", placeholder.Forbidden, "<"},
		{list.POSIX, "${roleName}", placeholder.Touching, "{roleName}"},
		{list.POSIX, `$'it' {roleName}`, placeholder.Forbidden, "$"},
		{list.POSIX, `export A="$HOME{roleName}"`, placeholder.Touching, "{roleName}"},
		{list.POSIX, `export A="$USER:{roleName}"`, placeholder.Touching, "{roleName}"},
		{list.POSIX, `export A="$x[{roleName}]"`, placeholder.Touching, "{roleName}"},
		{list.POSIX, `export A="$HOME/{roleName} $HOME-{profile}"`, 0, ""},
		{list.POSIX, "a[{roleName}]=1", placeholder.Touching, "{roleName}"},
		{list.POSIX, "export {roleName}=1", placeholder.Forbidden, "="},
		{list.Fish, `set A "$USER{roleName}"`, placeholder.Touching, "{roleName}"},
		{list.PowerShell, `"$env:{roleName}"`, placeholder.Touching, "{roleName}"},
		{list.JSON, `{{"a": "$x{roleName}"}}`, 0, ""},
		{list.POSIX, "echo # it's\n{roleName}", placeholder.Forbidden, "'"},
		{list.POSIX, "$(( {roleName} ))", placeholder.Forbidden, "("},
		{list.Fish, `\{roleName}`, placeholder.Forbidden, `\`},
		{list.Fish, `echo 'in \' {roleName}`, placeholder.Forbidden, `\`}, // fish goes on with the string
		{list.Fish, `echo 'it\'s' {roleName}`, placeholder.Forbidden, `\`},
		{list.POSIX, `echo 'in \' {roleName}`, 0, ""},
		{list.PowerShell, "‘{roleName}’", placeholder.InQuotes, "{roleName}"},
		{list.PowerShell, "`{roleName}", placeholder.Forbidden, "`"},
		{list.PowerShell, "@{roleName}", placeholder.Touching, "{roleName}"},
		{list.PowerShell, "x --% {roleName}", placeholder.Forbidden, "-"},
		{list.PowerShell, "{roleName}{profile}", placeholder.Touching, "{profile}"},
		{list.PowerShell, `{roleName}"x"`, placeholder.Forbidden, `"`},
		{list.Cmd, `^{roleName}`, placeholder.Forbidden, "^"},
		{list.Nushell, `$"{roleName}"`, placeholder.Forbidden, `$`},
		{list.Nushell, `$env.A = $ {roleName}`, 0, ""},
		{list.Nushell, "a{roleName}", placeholder.Touching, "{roleName}"},
		{list.Nushell, "r#'{roleName}'#", placeholder.Forbidden, "r"},
		{list.JSON, `"\{roleName}"`, placeholder.Forbidden, `\`},
		{credfmt.Plain, "'{roleName}\\` {nothing}", placeholder.Unknown, "{nothing}"},
	} {
		err := credfmt.CheckTemplate(test.template, test.shell)
		if test.problem == 0 {
			if err != nil {
				t.Errorf("%s, %s: %v", test.shell, test.template, err)
			}
			continue
		}
		var e *placeholder.Error
		if !errors.As(err, &e) {
			t.Errorf("%s, %s: %v", test.shell, test.template, err)
			continue
		}
		if e.Problem != test.problem || e.What != test.what || test.template[e.At:e.End] != e.What {
			t.Errorf("%s, %s: %v at %d to %d, want %v: %s", test.shell, test.template, e, e.At, e.End, test.problem, test.what)
		}
		if w, err := credfmt.Write(list.Template, ordinary(), credfmt.Options{Template: test.template, Shell: test.shell}); err == nil || w.Text != "" {
			t.Errorf("%s, %s: written as %q", test.shell, test.template, w.Text)
		}
	}
}

// What a template does in a real shell, a hostile organisation included.
func TestTemplatesInRealShells(t *testing.T) {
	templates := map[string]string{
		list.POSIX: "# {accountName}\nexport AWS_A={accountName} AWS_B=\"({accountName})\" ; export AWS_C={roleName}{accountName}'{{}}';\nif true; then export AWS_D=\"'{accountName}'\"; fi",
		list.Fish:  "# {accountName}\nset -gx AWS_A {accountName}; set -gx AWS_B \"({accountName})\"\nset -gx AWS_C {roleName}{accountName}'{{}}'\nset -gx AWS_D \"'{accountName}'\"",
	}
	for _, p := range pasters {
		t.Run(p.String(), func(t *testing.T) {
			t.Parallel()
			need(t, p.name)
			for _, value := range slices.Concat(hostileNames, []string{strings.Join(hostileNames, "")}) {
				c := ordinary()
				c.AccountName = value
				v := lowLines(value)
				want := maps.Clone(stale)
				want["AWS_A"], want["AWS_B"], want["AWS_C"], want["AWS_D"] = v, "("+v+")", c.RoleName+v+"{}", "'"+v+"'"
				if got := p.environment(t, templated(t, templates[p.format], p.format, c)); !maps.Equal(got, want) {
					t.Errorf("%q: has %q, want %q", value, got, want)
				}
			}
		})
	}
}

// Whatever the template, nothing that a portal sends is run.
func FuzzTemplates(f *testing.F) {
	for _, s := range []string{"echo {accountName}", `"{accountName}"`, "'{accountName}'", `\{accountName}`, "`{accountName}`", "# it's {accountName}", "$'{accountName}'",
		"cat <<x\n{accountName}\nx", "${{x:-{accountName}}}", "'a\\' {accountName}", "a\"b{accountName}c\"d'e'{roleName}", "[[ x = {accountName} ]]", "x={accountName} # '\ny='{accountName}", "case x in x) {accountName} ;; esac", "\"\xff"} {
		f.Add(s)
	}
	const run = `$(echo > canary)` + "`echo > canary`" + `'; echo > canary; '"; echo > canary; "` + "\n" + `| echo > canary & echo > canary`
	f.Fuzz(func(t *testing.T, template string) {
		if strings.Contains(template, "canary") {
			return
		}
		for _, p := range []paster{{format: list.POSIX, name: "bash"}, {format: list.POSIX, name: "dash"}, {format: list.Fish, name: "fish", args: []string{"--no-config"}}} {
			c := ordinary()
			c.AccountName = run
			o := credfmt.Options{Template: template, Shell: p.format}
			if credfmt.CheckTemplate(template, p.format) != nil {
				continue
			}
			need(t, p.name)
			p.runs(t, write(t, list.Template, c, o))
		}
	})
}
