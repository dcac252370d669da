#include "progress.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#define REDRAW_MS	200   /* between two looks of the bar */
#define LINE_MS		10000 /* between two lines of the log */
#define WINDOW_MS	5000  /* the rate is of the last one or two of these */
#define LEARN_MS	2000  /* before the end is foretold */
#define BAR_MIN		10    /* columns with its brackets */
#define BAR_MAX		42
#define PART_MAX	64
#define COLUMNS_DEFAULT 80
#define WIPE		"\r\033[J" /* also where a narrower window has wrapped it */

enum look { LOOK_NONE, LOOK_BAR, LOOK_LINES };

struct progress {
	enum look look;
	const char *verb;
	int64_t began_ms, shown_ms;
	int columns;  /* when last shown */
	double share; /* which does not go back in a round */
	/* Two marks in time, from which the rate is taken. */
	struct mark {
		int64_t at_ms, pages;
	} old, new;
};

/* ---- text ---- */

/* 1234567 as "1,234,567". */
static void
put_number(char *out, size_t room, int64_t n)
{
	char digits[24];
	int len = snprintf(digits, sizeof digits, "%" PRId64, n);
	size_t at = 0;

	for (int i = 0; i < len && at + 2 < room; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			out[at++] = ',';
		out[at++] = digits[i];
	}
	out[at] = '\0';
}

static void
put_bytes(char *out, size_t room, int64_t bytes)
{
	static const char *const units[] = { "kB", "MB", "GB", "TB" };
	double n = (double)bytes / 1000;
	size_t unit = 0;

	while (n >= 999.5 && unit + 1 < sizeof units / sizeof *units) {
		n /= 1000;
		unit++;
	}
	(void)snprintf(out, room, "%.*f %s", n < 9.95 ? 1 : 0, n, units[unit]);
}

static void
put_time(char *out, size_t room, int64_t s)
{
	if (s < 3600)
		(void)snprintf(
			out, room, "ETA %d:%02d", (int)(s / 60), (int)(s % 60));
	else if (s < 100 * 3600)
		(void)snprintf(out, room, "ETA %dh%02d", (int)(s / 3600),
			(int)(s / 60 % 60));
	else
		(void)snprintf(out, room, "ETA %" PRId64 "d", s / 86400);
}

/* What can be shown, in the order it stands in; and how dear it is: what is
 * least dear goes first. */
enum part {
	PART_VERB,
	PART_SHARE,
	PART_PAGES,
	PART_BYTES,
	PART_SITES,
	PART_RATE,
	PART_ETA,
	PARTS
};
static const int dear[PARTS] = {
	[PART_VERB] = 1,
	[PART_SITES] = 2,
	[PART_BYTES] = 3,
	[PART_RATE] = 4,
	[PART_PAGES] = 5,
	[PART_ETA] = 6,
	[PART_SHARE] = 7,
};

static void
fill_parts(const struct progress_state *s, char parts[PARTS][PART_MAX])
{
	char n[24], of[24];

	memset(parts, 0, PARTS * sizeof *parts);
	(void)snprintf(parts[PART_VERB], PART_MAX, "%s", s->verb);
	(void)snprintf(
		parts[PART_SHARE], PART_MAX, "%3d%%", (int)(s->share * 100));
	put_number(n, sizeof n, s->pages);
	put_number(of, sizeof of, s->of_pages);
	(void)snprintf(parts[PART_PAGES], PART_MAX, "%s%s%s page%s", n,
		s->of_pages > 0 ? "/" : "", s->of_pages > 0 ? of : "",
		s->pages == 1 && s->of_pages == 0 ? "" : "s");
	if (s->bytes > 0)
		put_bytes(parts[PART_BYTES], PART_MAX, s->bytes);
	if (s->sites > 0) {
		put_number(n, sizeof n, s->sites);
		(void)snprintf(parts[PART_SITES], PART_MAX, "%s site%s", n,
			s->sites > 1 ? "s" : "");
	}
	if (s->rate > 0)
		(void)snprintf(parts[PART_RATE], PART_MAX,
			s->rate < 9.95 ? "%.1f/s" : "%.0f/s", s->rate);
	if (s->eta_s >= 0)
		put_time(parts[PART_ETA], PART_MAX, s->eta_s);
}

/* Columns of the parts, with one space between two. */
static size_t
width_of(char parts[PARTS][PART_MAX])
{
	size_t width = 0;

	for (int i = 0; i < PARTS; i++)
		if (parts[i][0] != '\0')
			width += strlen(parts[i]) + (width > 0 ? 1 : 0);
	return width;
}

static void
drop_cheapest(char parts[PARTS][PART_MAX])
{
	int cheapest = -1;

	for (int i = 0; i < PARTS; i++)
		if (parts[i][0] != '\0' &&
			(cheapest < 0 || dear[i] < dear[cheapest]))
			cheapest = i;
	if (cheapest >= 0)
		parts[cheapest][0] = '\0';
}

static size_t
put_bar(char *out, size_t width, double share)
{
	size_t full = (size_t)((double)(width - 2) * share);

	out[0] = '[';
	memset(out + 1, '#', full);
	memset(out + 1 + full, '-', width - 2 - full);
	out[width - 1] = ']';
	return width;
}

void
progress_text(const struct progress_state *s, size_t columns,
	char out[PROGRESS_TEXT_MAX])
{
	char parts[PARTS][PART_MAX];
	size_t room, left, at = 0;

	/* A character in the last column would wrap on some terminals. */
	if (columns > PROGRESS_COLUMNS_MAX)
		columns = PROGRESS_COLUMNS_MAX;
	room = columns > 0 ? columns - 1 : 0;
	fill_parts(s, parts);
	while (width_of(parts) > room)
		drop_cheapest(parts);
	left = room - width_of(parts);
	for (int i = 0; i < PARTS; i++) {
		size_t len = strlen(parts[i]);

		if (len == 0)
			continue;
		if (at > 0)
			out[at++] = ' ';
		memcpy(out + at, parts[i], len);
		at += len;
		if (i == PART_SHARE && left > BAR_MIN) {
			out[at++] = ' ';
			at += put_bar(out + at,
				left - 1 < BAR_MAX ? left - 1 : BAR_MAX,
				s->share);
		}
	}
	out[at] = '\0';
}

/* ---- the terminal ---- */

static int
columns_now(void)
{
	struct winsize w;

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &w) != 0 || w.ws_col == 0)
		return COLUMNS_DEFAULT;
	return w.ws_col;
}

static bool
is_terminal(void)
{
	const char *term = getenv("TERM");

	return isatty(STDERR_FILENO) == 1 && term != NULL && term[0] != '\0' &&
	       strcmp(term, "dumb") != 0;
}

static enum look
look_of(const struct options *o)
{
	if (o->progress == PROGRESS_NEVER)
		return LOOK_NONE;
	/* A bar would not be JSON. */
	if (is_terminal() && !o->log_json)
		return o->quiet && o->progress != PROGRESS_ALWAYS ? LOOK_NONE
								  : LOOK_BAR;
	return o->progress == PROGRESS_ALWAYS ? LOOK_LINES : LOOK_NONE;
}

struct progress *
progress_new(const struct options *o, const char *verb)
{
	struct progress *p = calloc(1, sizeof *p);

	if (p == NULL)
		return NULL;
	p->look = look_of(o);
	p->verb = verb;
	log_set_bar(p->look == LOOK_BAR);
	progress_begin(p);
	return p;
}

void
progress_free(struct progress *p)
{
	progress_end(p);
	free(p);
}

void
progress_begin(struct progress *p)
{
	if (p == NULL)
		return;
	p->began_ms = p->shown_ms = clock_monotonic_ms();
	p->share = 0;
	p->old = p->new = (struct mark){ .at_ms = p->began_ms };
}

bool
progress_due(const struct progress *p)
{
	int64_t now_ms = clock_monotonic_ms();

	if (p == NULL || p->look == LOOK_NONE)
		return false;
	if (p->look == LOOK_LINES)
		return now_ms - p->shown_ms >= LINE_MS;
	return now_ms - p->shown_ms >= REDRAW_MS || p->columns != columns_now();
}

static void
foretell(struct progress *p, struct progress_state *s, int64_t now_ms,
	int64_t least_s)
{
	int64_t took_ms = now_ms - p->began_ms;

	if (now_ms - p->new.at_ms >= WINDOW_MS) {
		p->old = p->new;
		p->new = (struct mark){ now_ms, s->pages };
	}
	s->rate = now_ms > p->old.at_ms
			  ? (double)(s->pages - p->old.pages) * 1000 /
				    (double)(now_ms - p->old.at_ms)
			  : 0;
	s->eta_s = -1;
	if (s->share > 0 && took_ms >= LEARN_MS) {
		s->eta_s = (int64_t)((double)took_ms / 1000 * (1 - s->share) /
				     s->share);
		if (s->eta_s < least_s)
			s->eta_s = least_s;
	}
}

static void
show_bar(struct progress *p, const struct progress_state *s)
{
	char text[PROGRESS_TEXT_MAX], out[PROGRESS_TEXT_MAX + 16];
	int len;

	p->columns = columns_now();
	progress_text(s, (size_t)p->columns, text);
	/* The cursor waits before the bar: whoever writes next, and a window
	 * that wraps it, begins there. */
	len = snprintf(out, sizeof out, WIPE "%s\r", text);
	(void)!write(STDERR_FILENO, out, (size_t)len);
}

static void
show_line(const struct progress_state *s)
{
	const struct log_field fields[] = {
		LOG_TEXT("verb", s->verb),
		LOG_NUMBER("percent", (int64_t)(s->share * 100)),
		LOG_NUMBER("pages", s->pages),
		LOG_NUMBER("of_pages", s->of_pages),
		LOG_NUMBER("bytes", s->bytes),
		LOG_NUMBER("sites", s->sites),
		LOG_NUMBER("pages_a_minute", (int64_t)(s->rate * 60)),
		LOG_NUMBER("eta_s", s->eta_s),
	};

	log_asked(fields, sizeof fields / sizeof *fields - (s->eta_s < 0),
		"progress");
}

void
progress_show(struct progress *p, struct progress_state *s, int64_t least_s)
{
	int64_t now_ms = clock_monotonic_ms();

	s->verb = p->verb;
	s->share = s->share < p->share ? p->share : s->share > 1 ? 1 : s->share;
	p->share = s->share;
	foretell(p, s, now_ms, least_s);
	p->shown_ms = now_ms;
	if (p->look == LOOK_BAR)
		show_bar(p, s);
	else
		show_line(s);
}

void
progress_end(struct progress *p)
{
	if (p == NULL || p->look != LOOK_BAR)
		return;
	(void)!write(STDERR_FILENO, WIPE, strlen(WIPE));
	log_set_bar(false);
	p->look = LOOK_NONE;
}

/* ---- the archive ---- */

int64_t
progress_archive_bytes(const char *dir, const struct archive_position *at)
{
	DIR *d = opendir(dir);
	struct dirent *entry;
	int64_t bytes = 0;

	while (d != NULL && (entry = readdir(d)) != NULL) {
		int order = strcmp(entry->d_name, at->file);
		struct stat st;

		if (!span_ends_with(span_str(entry->d_name), ".warc.gz") ||
			order < 0 ||
			fstatat(dirfd(d), entry->d_name, &st, 0) != 0)
			continue;
		bytes += st.st_size - (order == 0 ? at->offset : 0);
	}
	if (d != NULL)
		closedir(d);
	return bytes;
}
