// Searchbench measures how good the search is: how far up the row that is meant
// stands, over a directory and queries of which the answers are known.
//
//	searchbench -directory FILE -queries FILE
//	searchbench -set merged
//	searchbench -directory FILE -trace FILE
//
// A directory has a line for each account and a query file one for each query:
//
//	accountId <TAB> accountName <TAB> email <TAB> role,role,...
//	query <TAB> accountId <TAB> roleName or - [<TAB> rule=NAME]
//
// With - any role of the account is right, and its rank is counted by accounts.
// Blank lines and those that begin with # are left out.
//
// A trace has a line for each use of a role, in order:
//
//	accountId <TAB> roleName <TAB> text
//
// Each text is typed letter by letter until that role is first, which counts as a use
// of it: what is used moves up (internal/search, SetUsed). The last line tells how many
// letters that took, and how many roles were never first; the one before it the same of
// roles that were used before.
//
// Without a trace, the last line is MRR (the mean of one over the rank, 0 for what is not found),
// the share of queries whose first row is right, and the time for each.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"portico/internal/search"
	"portico/internal/searchtest"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "searchbench:", err)
		os.Exit(1)
	}
}

func run(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("searchbench", flag.ContinueOnError)
	directoryFile := flags.String("directory", "", "`file` of accounts")
	queriesFile := flags.String("queries", "", "`file` of queries")
	name := flags.String("set", "", "measure a set of our own: tidy, merged, agency or banks")
	traceFile := flags.String("trace", "", "`file` of uses")
	write := flags.String("write", "", "write the set of our own into this `folder`, and measure nothing")
	misses := flags.Int("misses", 0, "print so many queries whose first row is not right")
	if err := flags.Parse(args); err != nil {
		return err
	}
	set, err := load(*name, *directoryFile, *queriesFile, *traceFile != "")
	if err != nil {
		return err
	}
	if *traceFile != "" {
		trace, err := readTrace(*traceFile)
		if err != nil {
			return err
		}
		replay(set.Directory, trace).report(out)
		return nil
	}
	if *write != "" {
		return writeSet(set, *write)
	}
	buffered := bufio.NewWriter(out)
	report(buffered, set, measure(search.NewIndex(set.Directory), set), *misses)
	return buffered.Flush()
}

// load gives a set; for a trace it needs no queries.
func load(name, directoryFile, queriesFile string, trace bool) (searchtest.Set, error) {
	if name != "" {
		set, ok := searchtest.Find(name)
		if !ok {
			return set, fmt.Errorf("no set is called %s", name)
		}
		return set, nil
	}
	if directoryFile == "" || queriesFile == "" && !trace {
		return searchtest.Set{}, fmt.Errorf("-directory and -queries or -trace are needed, or -set")
	}
	set := searchtest.Set{Name: filepath.Base(queriesFile)}
	var err error
	set.Directory, err = readDirectory(directoryFile)
	if err != nil {
		return set, err
	}
	if queriesFile != "" {
		set.Queries, err = readQueries(queriesFile)
	}
	return set, err
}

// writeSet writes a set as the two files that [run] takes.
func writeSet(set searchtest.Set, folder string) error {
	var accounts, queries strings.Builder
	for _, a := range set.Directory.Accounts {
		fmt.Fprintf(&accounts, "%s\t%s\t%s\t%s\n", a.ID, a.Name, a.Email, strings.Join(a.Roles, ","))
	}
	for _, q := range set.Queries {
		fmt.Fprintf(&queries, "%s\t%s\t%s\trule=%s\n", q.Text, q.AccountID, q.Role, q.Rule)
	}
	base := filepath.Join(folder, set.Name)
	if err := os.WriteFile(base+".directory.tsv", []byte(accounts.String()), 0o644); err != nil {
		return err
	}
	return os.WriteFile(base+".queries.tsv", []byte(queries.String()), 0o644)
}
