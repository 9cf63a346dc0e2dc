/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/text.h"
#include "tell/template.h"

#define PLACE	"name address postcode city country phone lines"

/* As case(5) lists them. "": on the outside; otherwise within the section of
 * that name, whatever is around it. A section that is not listed has no names
 * of its own. */
const struct template_names template_mail_names[] = {
	{ "", "all_within amount attached carrier cases choice company "
	    "contact count customer customer_name data defect "
	    "deliver_within description distributor due find follow "
	    "free_contact from given_up hazard hotline_abroad "
	    "hotline_national instruction items kind left_out link more "
	    "number only_one outcome paid_by_us parts products recall "
	    "remedies return_to risk several several_cases several_left_out "
	    "sold steps text title to tracking urgent valid_until verb" },
	{ "cases", "number items" },
	{ "data", TEMPLATE_ANY },
	{ "follow", "links" },
	{ "from", PLACE },
	{ "items", "unit replacement" },
	{ "links", "number link" },
	{ "parts", "reference quantity" },
	{ "products", "name brand reference" },
	{ "return_to", PLACE },
	{ "steps", "step what case due limit link units command late" },
	{ "to", PLACE },
	{ NULL, NULL }
};

const struct template_names template_document_names[] = {
	{ "", "abroad advices all_within amount analyse_within answer_by appointment "
	    "barcode brand carrier cases change check closed collected company "
	    "contact correct_due corrected correction criticality customer date "
	    "deliver_within description desk dissatisfaction done due effect expert "
	    "findings from from_country has_done has_items hotline_abroad "
	    "hotline_national item item_number items kind language limit lot mail "
	    "missed nature number opened order outcome paid_by_us pilot procedures "
	    "product products quoted recall reference replacement report_within risk "
	    "satisfaction serial several_cases sheets sold_on solution solve_due "
	    "solved solved_by sought status team title to to_country unit "
	    "valid_until verified verify_due warranty warranty_until why words" },
	{ "advices", "given words" },
	{ "carrier", PLACE " code email" },
	{ "cases", "number kind status opened closed outcome risk description "
	    "contact customer nature criticality sought dissatisfaction satisfaction "
	    "pilot expert has_items items" },
	{ "customer", PLACE " code email" },
	{ "desk", PLACE " code email" },
	{ "done", "what when" },
	{ "findings", "when words cause" },
	{ "from", PLACE " code email" },
	{ "items", "item item_number reference serial lot product brand unit warranty "
	    "warranty_until sold_on replacement findings cause conclusion collected "
	    "delivered analysed" },
	{ "procedures", "what when" },
	{ "products", "name brand reference" },
	{ "recall", "title defect hazard instruction find sold remedies choice only_one "
	    "free_contact distributor" },
	{ "team", "role name" },
	{ "to", PLACE " code email" },
	{ NULL, NULL }
};

bool
template_knows(const struct template_names *names, const char *section,
    const char *name)
{
	for (; names->section != NULL; names++)
		if (strcmp(names->section, section) == 0)
			return strcmp(names->names, TEMPLATE_ANY) == 0 ||
			    text_has_word(names->names, name);
	return false;
}
