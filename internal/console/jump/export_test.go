package jump

// Names is the table of services.
const Names = names
