/* What stands in a frame: the fields of each record.  Private to core. */
#ifndef DL_CORE_WIRE_TABLES_H
#define DL_CORE_WIRE_TABLES_H

#include "record.h"

enum wire_form {
	WIRE_TEXT,    /* const char * */
	WIRE_SPAN,    /* struct span; NULL is as empty */
	WIRE_NUMBER,  /* of any width, as if it had no sign */
	WIRE_TIME,    /* int64_t */
	WIRE_REAL,    /* double */
	WIRE_ONE,     /* a struct */
	WIRE_LIST,    /* a pointer to structs; their number is a size_t */
	WIRE_MENTIONS /* of an extraction */
};

/* What a text must be, bits. */
enum {
	WIRE_NEEDED = 1,
	WIRE_NAME = 2,	 /* of a file: without '/' */
	WIRE_EDTF = 4,	 /* a date */
	WIRE_FEATURE = 8 /* the name of a feature */
};

struct wire_field {
	enum wire_form form;
	uint16_t at;
	uint16_t beside; /* a number's width, where a list's number stands */
	uint64_t max;	 /* of a number or of elements; bits of a text */
	const struct wire_table *of;
};

struct wire_table {
	const struct wire_field *fields;
	size_t n;
	size_t size; /* of the struct */
};

extern const struct wire_table *const wire_tables[RECORD_KINDS];

#endif
