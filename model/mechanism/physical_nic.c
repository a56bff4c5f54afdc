/* physical_nic.c - the time of bytes on a wire. */
#include "model/mechanism/mechanisms.h"

enum { FRAME, HEADERS, PARAMS };

static const struct param params[PARAMS] = {
    [FRAME] = {"frame", UNIT_BYTES, 38.0, 0.0, 1000.0, CONF_DOCUMENTED, false,
               "IEEE 802.3: preamble 8, header 14, check sequence 4, gap 12 bytes",
               "Bytes of link time that each packet takes beyond its IP packet."},
    [HEADERS] = {"headers", UNIT_BYTES, 40.0, 0.0, 1000.0, CONF_DOCUMENTED, false,
                 "RFC 791 and RFC 793: 20 bytes each", "Bytes of IP and TCP header in each packet."},
};

static void cost(const double *p, const struct demand *d, struct cost *c)
{
    if (d->at->link_bytes_per_s <= 0.0)
        return;
    const double bytes = d->bytes + d->amount * (p[FRAME] + p[HEADERS]);
    c->device_ns += bytes / d->at->link_bytes_per_s * 1e9;
    c->device_ops += 1.0;
}

const struct mechanism physical_nic_mechanism = {
    .name = "physical_nic",
    .title = "Physical network adapter and link",
    .doc = "A message holds the link of its direction for its bytes plus the framing and headers of its "
           "packets, divided by the link rate. The packets waiting for the link are the output queue.",
    .params = params,
    .n_params = PARAMS,
    .demands = DEMAND_BIT(DEMAND_LINK),
    .cost = cost,
};
