package portaltest

// What the organisation is made of. Permission set names are at most 32
// characters long, account names at most 50.

// everyCompany comes first in an organisation of any size and seed, so that
// tests and screenshots can rely on these names.
var everyCompany = []string{
	"payments-prod", "payments-staging", "data-platform-staging", "sandbox-jlee",
	"log-archive", "audit", "network-hub", "shared-services", "ml-training-dev", "billing",
	"data-platform-prod", "payments-dev", "identity", "security-tooling", "backup",
	"ml-training-prod", "checkout-prod", "search-prod", "sandbox-mgarcia", "dns-prod",
}

var environments = []string{"prod", "staging", "dev", "qa", "perf"}

var teams = []string{
	"payments", "data-platform", "ml-training", "checkout", "search", "catalog", "orders", "pricing",
	"inventory", "shipping", "returns", "loyalty", "fraud", "risk", "ledger", "invoicing",
	"accounts", "customer-care", "crm", "marketing", "campaigns", "analytics", "reporting", "warehouse",
	"streaming", "ingest", "recommendations", "personalization", "notifications", "messaging", "mobile", "web",
	"storefront", "partner-api", "gateway", "media", "video", "documents", "compliance", "legal",
	"hr", "payroll", "recruiting", "finance", "treasury", "procurement", "build", "observability",
	"logging", "secrets", "developer-tools", "edge", "cdn", "iot", "telemetry", "robotics",
	"maps", "routing", "chat", "translation",
}

var components = []string{
	"api", "batch", "cache", "events", "etl", "frontend", "jobs", "queue", "reports", "stream", "worker", "models",
}

var units = []string{
	"retail", "wholesale", "logistics", "emea", "apac", "latam", "nordics", "dach", "iberia", "benelux",
	"labs", "ventures", "acme", "globex", "initech", "umbra", "northwind", "contoso", "fabrikam", "tailspin",
}

var people = []string{
	"achen", "adiallo", "afischer", "agupta", "ahansen", "akim", "amoreau", "anovak", "arossi", "asato",
	"bcosta", "bmwangi", "bnguyen", "bsmith", "cdubois", "cjones", "clopez", "cwagner", "dali", "dcohen",
	"dkowalski", "dpark", "ebrown", "eivanova", "emartin", "esilva", "fahmed", "fberg", "fmueller", "gokafor",
	"gricci", "gwilson", "hito", "hlarsen", "hzhang", "idavis", "ikaya", "itanaka", "jlee", "jmendes",
	"jpatel", "jweber", "kadams", "keriksen", "ksingh", "lbauer", "lferrari", "lhuang", "mabdi", "mgarcia",
	"mklein", "mtaylor", "nbianchi", "nhall", "nwatanabe", "ojohnson", "opopescu", "pgreen", "pmeyer", "pshah",
	"rfernandez", "rkhan", "rwhite", "salvarez", "sdupont", "smurphy", "snielsen", "tallen", "tbecker", "tyamamoto",
	"uokeke", "vhorvat", "vkumar", "wclark", "wzielinski", "xliu", "yosman", "ysuzuki", "zbaker", "zhassan",
}

var ubiquitousRoles = []string{"AdministratorAccess", "ReadOnlyAccess"}

var assignedRoles = []string{
	"PowerUserAccess", "ViewOnlyAccess", "Billing", "DatabaseAdministrator", "NetworkAdministrator",
	"SecurityAudit", "DataScientist", "SupportUser", "SystemAdministrator", "BreakGlassAdmin",
	"OnCallEngineer", "TerraformPlan", "TerraformApply", "CostExplorer", "SecretsManagerReader",
}
