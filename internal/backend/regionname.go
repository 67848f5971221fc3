package backend

import (
	"slices"
	"strings"

	"portico/ssocore/endpoints"
)

// places are how people call regions: by the place that AWS names each after.
var places = map[string]string{
	"virginia": "us-east-1", "northernvirginia": "us-east-1", "nvirginia": "us-east-1", "ohio": "us-east-2",
	"california": "us-west-1", "oregon": "us-west-2", "canada": "ca-central-1", "montreal": "ca-central-1", "calgary": "ca-west-1",
	"mexico": "mx-central-1", "queretaro": "mx-central-1", "saopaulo": "sa-east-1", "sãopaulo": "sa-east-1", "brazil": "sa-east-1",
	"ireland": "eu-west-1", "dublin": "eu-west-1", "london": "eu-west-2", "paris": "eu-west-3", "frankfurt": "eu-central-1",
	"zurich": "eu-central-2", "zürich": "eu-central-2", "stockholm": "eu-north-1", "milan": "eu-south-1", "milano": "eu-south-1", "spain": "eu-south-2",
	"brandenburg": "eusc-de-east-1", "telaviv": "il-central-1", "israel": "il-central-1", "uae": "me-central-1", "dubai": "me-central-1",
	"bahrain": "me-south-1", "capetown": "af-south-1", "mumbai": "ap-south-1", "hyderabad": "ap-south-2",
	"singapore": "ap-southeast-1", "sydney": "ap-southeast-2", "jakarta": "ap-southeast-3", "melbourne": "ap-southeast-4",
	"malaysia": "ap-southeast-5", "newzealand": "ap-southeast-6", "auckland": "ap-southeast-6", "thailand": "ap-southeast-7", "bangkok": "ap-southeast-7",
	"tokyo": "ap-northeast-1", "seoul": "ap-northeast-2", "osaka": "ap-northeast-3", "hongkong": "ap-east-1", "taipei": "ap-east-2",
	"govclouduswest": "us-gov-west-1", "govclouduseast": "us-gov-east-1",
	"beijing": "cn-north-1", "ningxia": "cn-northwest-1", "govcloudwest": "us-gov-west-1", "govcloudeast": "us-gov-east-1",
}

// parts are how people call several regions at once.
var parts = map[string][]string{
	"govcloud": {"us-gov-east-1", "us-gov-west-1"}, "china": {"cn-north-1", "cn-northwest-1"}, "sovereign": {"eusc-de-east-1"},
}

// far is how many letters a misspelt region may differ by.
const far = 2

// longestName is how many bytes the name of a region or its place may take. What
// is longer is neither, and comparing it would cost time.
const longestName = 64

// meantRegions are the regions that somebody may have meant who typed a text that
// is none: none where too many are equally near, mostly one.
func meantRegions(typed string) []string {
	if len(typed) > longestName {
		return nil
	}
	text := squeeze(typed)
	if region, ok := placeIn(text); ok {
		return []string{region}
	}
	for part, regions := range parts {
		if strings.Contains(text, part) {
			return regions
		}
	}
	names := make(map[string]string, len(places))
	for _, r := range endpoints.Regions() {
		names[squeeze(r.Name)] = r.Name
	}
	if region, ok := names[strings.TrimRight(text, "abcdef")]; ok {
		return []string{region} // of an availability zone, or written with blanks
	}
	for place, region := range places {
		if len(place) > 2*far {
			names[place] = region
		}
	}
	return nearest(text, names)
}

// placeIn finds the longest place that a text names: Europe (Ireland).
func placeIn(text string) (region string, ok bool) {
	longest := ""
	for place := range places {
		if strings.Contains(text, place) && len(place) > len(longest) {
			longest = place
		}
	}
	return places[longest], longest != ""
}

// nearest gives the regions of the names that differ least from a text.
func nearest(text string, names map[string]string) []string {
	const most = 2
	best, found := far, []string(nil)
	for name, region := range names {
		switch d := distance(text, name); {
		case d > best || slices.Contains(found, region) && d == best:
		case d < best:
			best, found = d, []string{region}
		default:
			found = append(found, region)
		}
	}
	if len(found) > most {
		return nil
	}
	slices.SortStableFunc(found, strings.Compare)
	return found
}

// squeeze leaves what people write alike in all spellings: EU West 1, eu_west-1.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -_.,()/\t\u00a0", r) {
			return -1
		}
		return r
	}, strings.ToLower(s))
}

// distance counts the letters to add, drop, change or swap with their neighbour to
// make b of a.
func distance(a, b string) int {
	before, last := []int(nil), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range len(a) {
		row := make([]int, len(b)+1)
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j]+cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
