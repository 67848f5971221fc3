package search

import (
	"strings"

	"portico/internal/fold"
)

// People paste what they have: a line of a config file, an ARN, a link, what
// Portico itself said. Punctuation is no matter (see parse); what remains to be
// taken out are words that belong to the form and not to the account.
//
//	[profile dev] sso_account_id = 111111111101           dev 111111111101
//	arn:aws:iam::111111111101:role/path/ReadOnlyAccess    111111111101 ReadOnlyAccess
//	AWSReservedSSO_ReadOnlyAccess_0123456789abcdef        ReadOnlyAccess
//	https://….awsapps.com/start/#/console?account_id=111111111101&role_name=ReadOnlyAccess

// unpasted takes the form out of a pasted text. What has none stays as it is.
func unpasted(query string) string {
	query = negations(query)
	if !strings.ContainsAny(query, ":=_[(") && !strings.Contains(query, "--") && !strings.Contains(query, "amazonaws") {
		return query // nearly all that is typed
	}
	query = sentence(strings.Join(strings.Fields(query), " "))
	if strings.Contains(query, "://") || strings.Contains(query, "amazonaws") {
		query = links(query)
	}
	query = arns(query)
	query = reserved(query)
	return keys(query)
}

// sentence takes account ID and role out of what Portico says of a row, which is
// name (ID), role and more words before and after. The ID is enough to tell which
// account it is.
func sentence(query string) string {
	const after = "), "
	at := strings.Index(query, after)
	if at < idSize+1 || query[at-idSize-1] != '(' || !isNumber(query[at-idSize:at]) {
		return query
	}
	role, _, _ := strings.Cut(query[at+len(after):], " ")
	name := query[:at-idSize-1]
	if _, rest, ok := strings.Cut(name, ": "); ok {
		name = rest // Copied for bash and zsh: payments-prod (111111111101), …
	} else if of := strings.LastIndex(name, " of "); of >= 0 {
		name = name[of+len(" of "):]
	} else if first, rest, ok := strings.Cut(name, " "); ok && strings.HasSuffix(first, "ing") && strings.Contains(query, "…") {
		name = rest // Opening payments-prod (111111111101), ReadOnlyAccess …
	}
	return name + " " + query[at-idSize:at] + " " + strings.TrimRight(role, ".,;:!…")
}

// links takes the addresses out of links and leaves what tells the account: what
// is asked for, or twelve digits in the host.
func links(query string) string {
	words := strings.Fields(query)
	for i, word := range words {
		_, link, ok := strings.Cut(word, "://")
		switch {
		case ok:
		case strings.Contains(word, ".amazonaws.com"):
			link = word // a host alone
		default:
			continue
		}
		if _, asked, ok := strings.Cut(link, "?"); ok && (strings.Contains(asked, "account_id=") || strings.Contains(asked, "account=")) {
			words[i] = strings.ReplaceAll(strings.ReplaceAll(asked, "&", " "), "%20", " ")
			continue
		}
		if host := strings.Trim(link, `"'<>()[]{}`); len(host) >= idSize && isNumber(host[:idSize]) {
			words[i] = host[:idSize]
		}
	}
	return strings.Join(words, " ")
}

// arns puts an account ID and a role's name in the place of an ARN.
func arns(query string) string {
	for {
		at := strings.Index(query, "arn:")
		if at < 0 {
			return query
		}
		arn, rest := query[at:], ""
		if end := strings.IndexAny(arn, " \"'<>()[]{},;"); end >= 0 {
			arn, rest = arn[:end], arn[end:]
		}
		// arn:partition:service:region:account:resource
		parts := strings.SplitN(arn, ":", 6)
		for len(parts) < 6 {
			parts = append(parts, "")
		}
		account, role := parts[4], roleOf(parts[5])
		if account == "" {
			account = accountIn(parts[5])
		}
		if account == "" {
			return query // of no account that could be told
		}
		query = query[:at] + " " + account + " " + role + rest
	}
}

// accountIn is an account's ID in the name of a resource: bucket-111111111101.
func accountIn(resource string) string {
	for i := 0; i < len(resource); i++ {
		if end := digitsTo(resource, i); end-i == idSize {
			return resource[i:end]
		} else if end > i {
			i = end
		}
	}
	return ""
}

// roleOf is the role's name in a resource: role/path/Name, or of a session,
// assumed-role/Name/who.
func roleOf(resource string) string {
	kind, name, _ := strings.Cut(resource, "/")
	switch kind {
	case "assumed-role":
		name, _, _ = strings.Cut(name, "/")
		return name
	case "role":
		return name[strings.LastIndexByte(name, '/')+1:]
	}
	return ""
}

// reserved takes a permission set's name out of the name of the role that IAM
// Identity Center makes of it.
func reserved(query string) string {
	const prefix, hash = "AWSReservedSSO_", 16
	for {
		at := strings.Index(query, prefix)
		if at < 0 {
			return query
		}
		name, rest := query[at+len(prefix):], ""
		if end := strings.IndexAny(name, " /:\"'<>()[]{},;&"); end >= 0 {
			name, rest = name[:end], name[end:]
		}
		if strings.HasPrefix(rest, "/") { // who holds the session
			rest = withoutValue(rest)
		}
		if cut := len(name) - hash - 1; cut > 0 && name[cut] == '_' && strings.Trim(name[cut+1:], "0123456789abcdef") == "" {
			name = name[:cut]
		}
		query = query[:at] + " " + name + rest
	}
}

// keyWords are the keys of config files, links and programs' arguments, folded
// and without what joins their words. The values of those that are false are
// taken out as well: they don't tell the account.
var keyWords = map[string]bool{
	"ssoaccountid": true, "ssorolename": true, "ssoaccountname": true, "accountid": true, "accountname": true, "rolename": true,
	"account": true, "role": true, "profile": true, "awsprofile": true, "awsaccountid": true, "rolearn": true, "arn": true,
	"email": true, "emailaddress": true, "mailto": true, "permissionset": true, "permissionsetname": true, "exportawsprofile": true,
	"ssoregion": false, "region": false, "displayname": false, "color": false, "ssostarturl": false, "ssosession": false, "output": false, "destination": false,
	"ssoregistrationscopes": false, "awsregion": false, "awsdefaultregion": false,
}

// keys takes out the keys of a text such as role_name=ReadOnlyAccess, the word
// profile of a section's head, and the names of arguments.
func keys(query string) string {
	out, rest := "", query
	for {
		at := strings.IndexAny(rest, "=:[-")
		if at < 0 {
			return out + rest
		}
		before, mark := rest[:at], rest[at]
		rest = rest[at+1:]
		switch mark {
		case '[':
			out += before + " "
			rest = withoutHead(rest)
		case '-':
			out += before + "-"
			if strings.HasPrefix(rest, "-") && (before == "" || strings.HasSuffix(before, " ")) {
				rest = argument(rest[1:])
			}
		default:
			kept, value := withoutKey(before)
			if !value {
				rest = withoutValue(rest)
			}
			out += kept + " "
			if kept == before {
				out = out[:len(out)-1] + string(mark)
			}
		}
	}
}

// withoutHead takes the word profile off the head of a section.
func withoutHead(s string) string {
	if after, ok := strings.CutPrefix(strings.TrimLeft(s, " "), "profile "); ok {
		return after
	}
	return s
}

// argument takes the name of a known argument off s.
func argument(s string) string {
	end := strings.IndexAny(s, " =")
	if end < 0 {
		return s
	}
	if value, known := keyWords[keyForm(s[:end])]; known && value {
		return s[end+1:]
	} else if known {
		return withoutValue(s[end+1:])
	}
	return s
}

// withoutKey takes the key off the end of what is before a sign of equality. It
// tells whether the value after that is of use.
func withoutKey(s string) (kept string, value bool) {
	trimmed := strings.TrimRight(s, " \"'")
	for words := 3; words > 0; words-- { // Account ID, AWS account ID
		from := len(trimmed)
		for range words {
			from = strings.LastIndexAny(trimmed[:from], " \"'&?#,;{(")
			if from < 0 {
				break
			}
		}
		if from < 0 && words > 1 && strings.Count(trimmed, " ") < words-1 {
			continue
		}
		if value, known := keyWords[keyForm(trimmed[from+1:])]; known {
			return trimmed[:from+1], value
		}
	}
	return s, true
}

// withoutValue takes the first word off s.
func withoutValue(s string) string {
	s = strings.TrimLeft(s, " ")
	if end := strings.IndexAny(s, " &"); end >= 0 {
		return s[end:]
	}
	return ""
}

// keyForm is a key without what joins its words.
func keyForm(s string) string {
	return fold.String(strings.Map(func(r rune) rune {
		if strings.ContainsRune("_- \"'", r) {
			return -1
		}
		return r
	}, s))
}

// negations writes no prod, -prod and !prod as nonprod: what is typed to leave
// production out must not lead there.
func negations(query string) string {
	lower := strings.ToLower(query)
	if !strings.Contains(lower, "no") && !strings.ContainsAny(query, "-!") {
		return query
	}
	words, changed := strings.Fields(query), false
	for i := range words {
		word := strings.ToLower(words[i])
		rest := strings.TrimLeft(word, "-!")
		switch {
		case len(rest) < len(word) && whollyAffirms(rest) && !strings.HasPrefix(word, "--"):
		case strings.HasPrefix(word, "no-") && whollyAffirms(word[len("no-"):]):
			rest = word[len("no-"):]
		case i > 0 && strings.ToLower(words[i-1]) == "no" && whollyAffirms(word):
			words[i-1] = ""
		default:
			continue
		}
		words[i], changed = "non"+rest, true
	}
	if !changed {
		return query
	}
	return strings.Join(words, " ")
}
