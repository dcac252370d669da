/*
 * core: what all rooms share.  This is the room's door; other rooms include
 * "core/core.h" and nothing else of it.
 */
#ifndef DL_CORE_CORE_H
#define DL_CORE_CORE_H

#include "error.h"

#include "arena.h"
#include "buffer.h"
#include "clock.h"
#include "codec.h"
#include "date.h"
#include "escape.h"
#include "flat.h"
#include "hash.h"
#include "json_out.h"
#include "json_value.h"
#include "lines.h"
#include "log.h"
#include "pack.h"
#include "problem.h"
#include "record.h"
#include "simhash.h"
#include "sources.h"
#include "span.h"
#include "utf8.h"
#include "value.h"
#include "wire.h"
#include "yaml.h"

#endif
