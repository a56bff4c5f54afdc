/* physical_nic.c - the time of bytes on a wire. */
#include "model/mechanism/mechanisms.h"

enum { FRAME, HEADERS, CHECKSUM, PARAMS };

static const struct param params[PARAMS] = {
    [FRAME] = {"frame", UNIT_BYTES, 38.0, 0.0, 1000.0, CONF_DOCUMENTED, false,
               "IEEE 802.3: preamble 8, header 14, check sequence 4, gap 12 bytes",
               "Bytes of link time that each packet takes beyond its IP packet."},
    [HEADERS] = {"headers", UNIT_BYTES, 40.0, 0.0, 1000.0, CONF_DOCUMENTED, false,
                 "RFC 791 and RFC 793: 20 bytes each", "Bytes of IP and TCP header in each packet."},
    [CHECKSUM] = {"checksum", UNIT_BANDWIDTH, 2.5e9, 50e6, 1e12, CONF_ASSUMED, true,
                  "own arithmetic: RFC 1071 sums 16-bit words; about a byte a cycle at 2.5 GHz",
                  "Rate at which a processor computes checksums for an adapter that does not offload them."},
};

/* The virtual switch takes the packet from the guest and completes it in the root; neighbours need no checksum. An emulated
 * adapter has never had the offload: its guest does the sum anyhow. */
static void cost_checksum(const double *p, const struct demand *d, struct cost *c)
{
    const struct place *at = d->at;
    if (!at->software_checksum || at->local || at->vnic == VNIC_EMULATED)
        return;
    *(at->vnic == VNIC_SYNTHETIC && at->version != HV_NONE ? &c->root_ns : &c->guest_ns) +=
        d->bytes / p[CHECKSUM] * 1e9;
}

static void cost(const double *p, const struct demand *d, struct cost *c)
{
    if (d->kind != DEMAND_LINK) {
        cost_checksum(p, d, c);
        return;
    }
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
           "packets, divided by the link rate. The packets waiting for the link are the output queue. "
           "Checksums that the adapter does not offload "
           "cost processor time by the byte.",
    .params = params,
    .n_params = PARAMS,
    .demands = DEMAND_BIT(DEMAND_LINK) | DEMAND_BIT(DEMAND_SEND) | DEMAND_BIT(DEMAND_RECEIVE),
    .cost = cost,
};
