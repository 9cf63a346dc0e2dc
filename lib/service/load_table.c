/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/local.h"
#include "base/time.h"
#include "load_private.h"
#include "rules/natural.h"

#define COLUMN(n)	.name = (n), .parameter = ":" n
#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))
#define ADDRESS \
	{ COLUMN("address"), .kind = LOAD_TEXT }, \
	{ COLUMN("postcode"), .kind = LOAD_TEXT }, \
	{ COLUMN("city"), .kind = LOAD_TEXT }, \
	{ COLUMN("country"), .kind = LOAD_TEXT }
#define LANGUAGE \
	{ COLUMN("language"), .kind = LOAD_LANGUAGE, .words = "fr en" }

static const struct load_column sites[] = {
	{ COLUMN("code"), .kind = LOAD_CODE, .key = true, .required = true },
	{ COLUMN("name"), .kind = LOAD_TEXT, .required = true },
	{ COLUMN("kind"), .kind = LOAD_WORD, .required = true,
	  .words = "desk logistics plant repair expertise" },
	{ COLUMN("region"), .kind = LOAD_REGION },
	{ COLUMN("email"), .kind = LOAD_EMAIL },
	ADDRESS,
};

static const struct load_column carriers[] = {
	{ COLUMN("code"), .kind = LOAD_CODE, .key = true, .required = true },
	{ COLUMN("name"), .kind = LOAD_TEXT, .required = true },
	{ COLUMN("email"), .kind = LOAD_EMAIL },
	{ COLUMN("phone"), .kind = LOAD_TEXT },
};

static const struct load_column causes[] = {
	{ COLUMN("code"), .kind = LOAD_CODE, .key = true, .required = true },
	{ COLUMN("fr"), .kind = LOAD_TEXT, .required = true },
	{ COLUMN("en"), .kind = LOAD_TEXT, .required = true },
};

static const struct load_column holidays[] = {
	{ COLUMN("region"), .kind = LOAD_CODE, .key = true, .required = true },
	{ COLUMN("day"), .kind = LOAD_DATE, .key = true, .required = true },
	{ COLUMN("name"), .kind = LOAD_TEXT, .required = true },
};

static const struct load_column customers[] = {
	{ COLUMN("code"), .kind = LOAD_CODE, .key = true, .required = true },
	{ COLUMN("name"), .kind = LOAD_TEXT, .required = true },
	{ COLUMN("type"), .kind = LOAD_WORD, .required = true, .words = "end distributor" },
	LANGUAGE,
	{ COLUMN("email"), .kind = LOAD_EMAIL },
	{ COLUMN("phone"), .kind = LOAD_TEXT },
	ADDRESS,
	{ COLUMN("safety_email"), .kind = LOAD_EMAIL },
};

static const struct load_column products[] = {
	{ COLUMN("reference"), .kind = LOAD_CODE, .key = true, .required = true },
	{ COLUMN("name"), .kind = LOAD_TEXT, .required = true },
	{ COLUMN("range"), .kind = LOAD_CODE },
	{ COLUMN("brand"), .kind = LOAD_TEXT },
	{ COLUMN("warranty_months"), .kind = LOAD_NUMBER, .most = 600 },
	{ COLUMN("logistics"), .kind = LOAD_REFERS, .words = "sites" },
	{ COLUMN("plant"), .kind = LOAD_REFERS, .words = "sites" },
	{ COLUMN("repair"), .kind = LOAD_REFERS, .words = "sites" },
	{ COLUMN("expertise"), .kind = LOAD_REFERS, .words = "sites" },
	{ COLUMN("part"), .kind = LOAD_YES },
};

static const struct load_column staff[] = {
	{ COLUMN("code"), .kind = LOAD_CODE, .key = true, .required = true },
	{ COLUMN("name"), .kind = LOAD_TEXT, .required = true },
	{ COLUMN("login"), .kind = LOAD_CODE, .unique = true },
	{ COLUMN("email"), .kind = LOAD_EMAIL },
	{ COLUMN("roles"), .kind = LOAD_WORDS,
	  .words = "desk pilot expert technician logistics repair plant expertise quality sales supervisor" },
	{ COLUMN("skills"), .kind = LOAD_WORDS },
	{ COLUMN("site"), .kind = LOAD_REFERS, .words = "sites" },
	LANGUAGE,
};

static const struct load_column units[] = {
	{ COLUMN("reference"), .kind = LOAD_REFERS, .key = true, .required = true, .words = "products" },
	{ COLUMN("serial"), .kind = LOAD_SERIAL, .key = true, .required = true },
	{ COLUMN("lot"), .kind = LOAD_SERIAL },
	{ COLUMN("made_on"), .kind = LOAD_DATE },
	{ COLUMN("sold_on"), .kind = LOAD_DATE },
	{ COLUMN("customer"), .kind = LOAD_REFERS, .words = "customers" },
	{ COLUMN("plant"), .kind = LOAD_REFERS, .words = "sites" },
	{ COLUMN("warranty_until"), .kind = LOAD_DATE },
};

static const struct load_column stock[] = {
	{ COLUMN("site"), .kind = LOAD_REFERS, .key = true, .required = true, .words = "sites" },
	{ COLUMN("reference"), .kind = LOAD_REFERS, .key = true, .required = true, .words = "products" },
	{ COLUMN("quantity"), .kind = LOAD_NUMBER, .required = true, .most = INT32_MAX },
};

static const struct load_column duty[] = {
	{ COLUMN("staff"), .kind = LOAD_REFERS, .key = true, .required = true, .words = "staff" },
	{ COLUMN("from"), .kind = LOAD_TIME, .key = true, .required = true },
	{ COLUMN("to"), .kind = LOAD_TIME, .required = true },
};

static void
bind_natural(struct query *q, const char *parameter, const char *text,
    struct buf *key)
{
	buf_clear(key);
	natural_key(key, text);
	bind_lent(q, parameter, *text == '\0' ? NULL : buf_str(key));
}

static void
unit_key(struct loader *l, struct query *q, const char *const *values)
{
	bind_natural(q, ":serial_key", values[1], &l->serial_key);
}

static void
unit_more(struct loader *l, struct query *q, const char *const *values)
{
	unit_key(l, q, values);
	bind_natural(q, ":lot_key", values[2], &l->lot_key);
}

static void
stock_counted(struct loader *l, struct query *q, const char *const *values)
{
	(void)l;
	(void)values;
	bind_int(q, ":now", time_now());
}

static const char *
duty_objection(const char *const *values, const char **field)
{
	*field = "to";
	return strtoll(values[2], NULL, 10) > strtoll(values[1], NULL, 10) ?
	    NULL : local_text("is not after 'from'");
}

#define COLUMNS(table)	.columns = table, .count = COUNT(table)

/* Those of LOAD_TABLES, in its order. */
static const struct load_table tables[] = {
	{ .name = "sites", COLUMNS(sites),
	  .insert = "INSERT INTO sites (code, name, kind, region, email, address, postcode, city, country) "
	      "VALUES (:code, :name, :kind, :region, :email, :address, :postcode, :city, :country) "
	      "ON CONFLICT DO NOTHING",
	  .read = "SELECT name, kind, region, email, address, postcode, city, country FROM sites "
	      "WHERE code = :code",
	  .update = "UPDATE sites SET name = :name, kind = :kind, region = :region, email = :email, "
	      "address = :address, postcode = :postcode, city = :city, country = :country "
	      "WHERE code = :code" },
	{ .name = "carriers", COLUMNS(carriers),
	  .insert = "INSERT INTO carriers (code, name, email, phone) VALUES (:code, :name, :email, :phone) "
	      "ON CONFLICT DO NOTHING",
	  .read = "SELECT name, email, phone FROM carriers WHERE code = :code",
	  .update = "UPDATE carriers SET name = :name, email = :email, phone = :phone WHERE code = :code" },
	{ .name = "causes", COLUMNS(causes),
	  .insert = "INSERT INTO causes (code, fr, en) VALUES (:code, :fr, :en) ON CONFLICT DO NOTHING",
	  .read = "SELECT fr, en FROM causes WHERE code = :code",
	  .update = "UPDATE causes SET fr = :fr, en = :en WHERE code = :code" },
	{ .name = "holidays", COLUMNS(holidays),
	  .insert = "INSERT INTO holidays (region, day, name) VALUES (:region, :day, :name) "
	      "ON CONFLICT DO NOTHING",
	  .read = "SELECT name FROM holidays WHERE region = :region AND day = :day",
	  .update = "UPDATE holidays SET name = :name WHERE region = :region AND day = :day" },
	{ .name = "customers", COLUMNS(customers),
	  .insert = "INSERT INTO customers (code, name, type, language, email, phone, address, postcode, "
	      "city, country, safety_email) VALUES (:code, :name, :type, :language, :email, :phone, "
	      ":address, :postcode, :city, :country, :safety_email) ON CONFLICT DO NOTHING",
	  .read = "SELECT name, type, language, email, phone, address, postcode, city, country, safety_email "
	      "FROM customers WHERE code = :code",
	  .update = "UPDATE customers SET name = :name, type = :type, language = :language, email = :email, "
	      "phone = :phone, address = :address, postcode = :postcode, city = :city, country = :country, "
	      "safety_email = :safety_email WHERE code = :code" },
	{ .name = "products", COLUMNS(products),
	  .insert = "INSERT INTO products (reference, name, range, brand, warranty_months, logistics, plant, "
	      "repair, expertise, part) VALUES (:reference, :name, :range, :brand, :warranty_months, "
	      ":logistics, :plant, :repair, :expertise, :part) ON CONFLICT DO NOTHING",
	  .read = "SELECT name, range, brand, warranty_months, logistics, plant, repair, expertise, part "
	      "FROM products WHERE reference = :reference",
	  .update = "UPDATE products SET name = :name, range = :range, brand = :brand, "
	      "warranty_months = :warranty_months, logistics = :logistics, plant = :plant, repair = :repair, "
	      "expertise = :expertise, part = :part WHERE reference = :reference" },
	{ .name = "staff", COLUMNS(staff),
	  .insert = "INSERT INTO staff (code, name, login, email, roles, skills, site, language) "
	      "VALUES (:code, :name, :login, :email, :roles, :skills, :site, :language) "
	      "ON CONFLICT (code) DO NOTHING",
	  .read = "SELECT name, login, email, roles, skills, site, language FROM staff WHERE code = :code",
	  .update = "UPDATE staff SET name = :name, login = :login, email = :email, roles = :roles, "
	      "skills = :skills, site = :site, language = :language WHERE code = :code" },
	{ .name = "units", COLUMNS(units), .more_key = unit_key, .more = unit_more,
	  .insert = "INSERT INTO units (reference, serial_key, serial, lot, lot_key, made_on, sold_on, "
	      "customer, plant, warranty_until) VALUES (:reference, :serial_key, :serial, :lot, :lot_key, "
	      ":made_on, :sold_on, :customer, :plant, :warranty_until) ON CONFLICT DO NOTHING",
	  .read = "SELECT lot, made_on, sold_on, customer, plant, warranty_until FROM units "
	      "WHERE reference = :reference AND serial_key = :serial_key AND serial = :serial",
	  .update = "UPDATE units SET lot = :lot, lot_key = :lot_key, made_on = :made_on, "
	      "sold_on = :sold_on, customer = :customer, plant = :plant, warranty_until = :warranty_until "
	      "WHERE reference = :reference AND serial_key = :serial_key AND serial = :serial" },
	/* What moved since the count makes the same figure another count. */
	{ .name = "stock", COLUMNS(stock), .more = stock_counted, .counted = true,
	  .insert = "INSERT INTO stock (site, reference, quantity, counted_at, counted_seq) "
	      "VALUES (:site, :reference, :quantity, :now, (SELECT coalesce(max(seq), 0) FROM event)) "
	      "ON CONFLICT DO NOTHING",
	  .read = "SELECT CASE WHEN EXISTS (SELECT 1 FROM stock_move AS m WHERE m.site = stock.site "
	      "AND m.reference = stock.reference AND m.seq > counted_seq) THEN -1 ELSE quantity END "
	      "FROM stock WHERE site = :site AND reference = :reference",
	  .update = "UPDATE stock SET quantity = :quantity, counted_at = :now, "
	      "counted_seq = (SELECT coalesce(max(seq), 0) FROM event) "
	      "WHERE site = :site AND reference = :reference" },
	{ .name = "duty", COLUMNS(duty), .objection = duty_objection,
	  .insert = "INSERT INTO duty (staff, \"from\", \"to\") VALUES (:staff, :from, :to) "
	      "ON CONFLICT DO NOTHING",
	  .read = "SELECT \"to\" FROM duty WHERE staff = :staff AND \"from\" = :from",
	  .update = "UPDATE duty SET \"to\" = :to WHERE staff = :staff AND \"from\" = :from" },
};

const struct load_table *
load_table(const char *name)
{
	for (size_t i = 0; i < COUNT(tables); i++)
		if (strcmp(tables[i].name, name) == 0)
			return &tables[i];
	return NULL;
}

size_t
load_column(const struct load_table *t, const char *name)
{
	size_t i;

	for (i = 0; i < t->count; i++)
		if (strcmp(t->columns[i].name, name) == 0)
			break;
	return i;
}
