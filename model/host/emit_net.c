/* emit_net.c - networks in a counter log. */
#include "model/host/emit_net.h"
#include "model/host/switches.h"
#include <math.h>

/* Label in the guest, no limit: 10 Gb/s before 2016, then the link's; an Intel 21140 has 100 Mb/s. Source: workinghardinit.work;
 * Savill, p. 232; putise.com, legacy network adapter. */
#define SYNTHETIC_LABEL_BITS 10e9
#define EMULATED_LABEL_BITS 100e6

static void put_interface(struct sheet *s, const char *name, const double sent[2], const double received[2],
                          double bits)
{
    sheet_rate(s, CTR_NIC_SENT_BYTES, name, sent[0]);
    sheet_rate(s, CTR_NIC_RECEIVED_BYTES, name, received[0]);
    sheet_rate(s, CTR_NIC_BYTES, name, sent[0] + received[0]);
    sheet_rate(s, CTR_NIC_SENT_PACKETS, name, sent[1]);
    sheet_rate(s, CTR_NIC_RECEIVED_PACKETS, name, received[1]);
    sheet_rate(s, CTR_NIC_PACKETS, name, sent[1] + received[1]);
    sheet_put(s, CTR_NIC_BANDWIDTH, name, bits);
}

/* ---- hosts ---- */

static void put_link(struct sheet *s, const struct host *h, int i)
{
    const double *v = s->d + s->layout->nic[h->index] + i * NCF_COUNT;
    const char *name = h->nic[i].spec->name;
    put_interface(s, name, (double[]){v[NCF_SENT_BYTES], v[NCF_SENT_PACKETS]},
                  (double[]){v[NCF_RECEIVED_BYTES], v[NCF_RECEIVED_PACKETS]},
                  8.0 * h->nic[i].spec->bytes_per_s);
    sheet_put(s, CTR_NIC_OUTPUT_QUEUE, name, v[NCF_OUTPUT_PACKETS] / s->ns);
}

static bool on_switch(const struct vnic *v)
{
    return v->spec->kind == VNIC_SYNTHETIC || v->spec->kind == VNIC_EMULATED;
}

/* Through the switch goes what its ports send, and what comes in from outside: each frame once. */
struct switched {
    double bytes, packets;
    bool any;
};

static void add_port(struct switched *t, const double *v)
{
    t->any = true;
    t->bytes += v[VNF_SENT_BYTES] + v[VNF_OUTSIDE_BYTES];
    t->packets += v[VNF_SENT_PACKETS] + v[VNF_OUTSIDE_PACKETS];
}

/* `where`: attached as the adapters in question are. */
static struct switched switched_by(const struct sheet *s, const struct host *h, const struct vnic_spec *where)
{
    struct switched t = {0.0, 0.0, false};
    for (int i = 0; i < s->run->model->vms; i++)
        for (int k = 0; k < s->run->vm[i].spec->nics && s->run->vm[i].host == h; k++) {
            const struct vnic *v = &s->run->vm[i].nic[k];
            if (switches_same(v->spec, where) && on_switch(v))
                add_port(&t, s->d + s->layout->vnic[i] + k * VNF_COUNT);
        }
    return t;
}

static void put_switch(struct sheet *s, const char *name, const struct switched *t)
{
    if (!t->any)
        return;
    sheet_rate(s, CTR_SWITCH_BYTES, name, t->bytes);
    sheet_rate(s, CTR_SWITCH_PACKETS, name, t->packets);
}

void emit_net_host(struct sheet *s, const struct host *h)
{
    for (int i = 0; i < h->spec->nics; i++)
        put_link(s, h, i);
    for (int i = 0; i < h->spec->nics; i++) {
        const struct switched t = switched_by(s, h, &(struct vnic_spec){.on = i, .vswitch = -1});
        put_switch(s, h->nic[i].spec->name, &t);
    }
    for (int i = 0; i < h->spec->vswitches; i++) {
        const struct switched t = switched_by(s, h, &(struct vnic_spec){.on = -1, .vswitch = i});
        put_switch(s, h->spec->vswitch[i].name, &t);
    }
}

/* ---- virtual adapters, in the root ---- */

static void put_port(struct sheet *s, const char *name, const double *v)
{
    sheet_rate(s, CTR_VNIC_SENT_BYTES, name, v[VNF_SENT_BYTES]);
    sheet_rate(s, CTR_VNIC_RECEIVED_BYTES, name, v[VNF_RECEIVED_BYTES]);
    sheet_rate(s, CTR_VNIC_BYTES, name, v[VNF_SENT_BYTES] + v[VNF_RECEIVED_BYTES]);
    sheet_rate(s, CTR_VNIC_SENT_PACKETS, name, v[VNF_SENT_PACKETS]);
    sheet_rate(s, CTR_VNIC_RECEIVED_PACKETS, name, v[VNF_RECEIVED_PACKETS]);
    sheet_rate(s, CTR_VNIC_PACKETS, name, v[VNF_SENT_PACKETS] + v[VNF_RECEIVED_PACKETS]);
}

/* One instance for all emulated adapters of the VM, as a live host shows it. */
static void put_legacy(struct sheet *s, const struct vm *vm)
{
    const char *name = sheet_name(s, "%s:Ethernet Card", vm->spec->name);
    double sum[VNF_COUNT] = {0.0};
    bool any = false;
    for (int i = 0; i < vm->spec->nics; i++) {
        const double *v = s->d + s->layout->vnic[vm->index] + i * VNF_COUNT;
        any = any || vm->spec->nic[i].kind == VNIC_EMULATED;
        for (int f = 0; f < VNF_COUNT; f++)
            sum[f] += vm->spec->nic[i].kind == VNIC_EMULATED ? v[f] : 0.0;
    }
    if (!any)
        return;
    sheet_rate(s, CTR_LEGACY_SENT_BYTES, name, sum[VNF_SENT_BYTES]);
    sheet_rate(s, CTR_LEGACY_RECEIVED_BYTES, name, sum[VNF_RECEIVED_BYTES]);
    sheet_rate(s, CTR_LEGACY_SENT_FRAMES, name, sum[VNF_SENT_PACKETS]);
    sheet_rate(s, CTR_LEGACY_RECEIVED_FRAMES, name, sum[VNF_RECEIVED_PACKETS]);
}

void emit_net_vm(struct sheet *s, const struct vm *vm)
{
    for (int i = 0; i < vm->spec->nics; i++) {
        const bool legacy = vm->spec->nic[i].kind == VNIC_EMULATED;
        if (on_switch(&vm->nic[i]))
            put_port(s, sheet_name(s, "%s_%s%s", vm->spec->name, vm->spec->nic[i].name, legacy ? "--0" : ""),
                     s->d + s->layout->vnic[vm->index] + i * VNF_COUNT);
    }
    put_legacy(s, vm);
}

/* ---- virtual adapters, in the guest ---- */

static double label_bits(const struct vm *vm, const struct vnic *v)
{
    double link = v->lanes > 0 ? 0.0 : SYNTHETIC_LABEL_BITS;
    for (int i = 0; i < v->lanes; i++)
        link += 8.0 * v->lane[i]->spec->bytes_per_s;
    if (v->spec->kind == VNIC_EMULATED)
        return EMULATED_LABEL_BITS;
    return v->spec->kind == VNIC_SYNTHETIC && vm->host->spec->hv.version < HV_2016 ? SYNTHETIC_LABEL_BITS
                                                                                   : link;
}

void emit_net_guest(struct sheet *s, const struct vm *vm)
{
    for (int i = 0; i < vm->spec->nics; i++) {
        const double *v = s->d + s->layout->vnic[vm->index] + i * VNF_COUNT;
        put_interface(s, vm->spec->nic[i].name, (double[]){v[VNF_SENT_BYTES], v[VNF_SENT_PACKETS]},
                      (double[]){v[VNF_RECEIVED_BYTES], v[VNF_RECEIVED_PACKETS]},
                      label_bits(vm, &vm->nic[i]));
    }
}
