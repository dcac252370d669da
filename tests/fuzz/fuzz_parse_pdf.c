/*
 * What is said of a PDF to a document, with what holds for HTML: the bytes
 * are what the program that reads PDFs has written.
 */
#define DL_FUZZ_MEDIA_TYPE "application/pdf"
#include "fuzz_parse_html.c"
