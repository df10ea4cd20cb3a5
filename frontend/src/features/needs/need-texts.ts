import type { MessageDescriptor } from "@lingui/core";
import { i18n } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import {
  IconAlertTriangle,
  IconBox,
  IconCalendarDue,
  IconCheck,
  IconHelpCircle,
  IconMessage,
  IconReceipt2,
  IconStethoscope,
  IconTool,
  IconTruck,
  type TablerIcon,
} from "@tabler/icons-react";

import { formatMoney } from "@/shared/lib/money";
import type { Tone } from "@/shared/ui/tag";

import type { Need } from "./api";

interface NeedText {
  icon: TablerIcon;
  tone: Tone;
  text: MessageDescriptor;
  action: MessageDescriptor;
}

const open = msg`Open`;

/** How each kind of need is said, and the one thing to do about it. */
const texts: Record<string, NeedText> = {
  quotes_to_answer: {
    icon: IconReceipt2,
    tone: "money",
    text: msg`{count, plural, one {# quote to answer} other {# quotes to answer}}, {money}`,
    action: msg`Review quotes`,
  },
  payment_due: { icon: IconReceipt2, tone: "money", text: msg`Pay {money}`, action: msg`Pay` },
  payment_rejected: { icon: IconAlertTriangle, tone: "error", text: msg`A payment was rejected`, action: msg`Look at it` },
  question: { icon: IconHelpCircle, tone: "warn", text: msg`The centre asks a question`, action: msg`Answer` },
  parcel_rejected: {
    icon: IconAlertTriangle,
    tone: "error",
    text: msg`{count, plural, one {A parcel was refused} other {# parcels were refused}}`,
    action: msg`See why`,
  },
  ready_to_pack: {
    icon: IconBox,
    tone: "ok",
    text: msg`The return is confirmed: {count, plural, one {# device} other {# devices}} to pack`,
    action: msg`Pack`,
  },
  deadline: {
    icon: IconCalendarDue,
    tone: "warn",
    text: msg`{days, plural, =0 {A deadline ends today} one {# day left} other {# days left}}`,
    action: open,
  },
  refused_command: {
    icon: IconAlertTriangle,
    tone: "error",
    text: msg`The centre said no to something you sent`,
    action: msg`Decide`,
  },
  delivered: { icon: IconTruck, tone: "ok", text: msg`Delivered: check it and confirm`, action: msg`Confirm` },
  correction_answered: { icon: IconCheck, tone: "info", text: msg`A correction was answered`, action: open },
  message: { icon: IconMessage, tone: "info", text: msg`A new message`, action: msg`Read` },
  diagnose: {
    icon: IconStethoscope,
    tone: "info",
    text: msg`{count, plural, one {# work order} other {# work orders}} to diagnose`,
    action: msg`Diagnose`,
  },
  receive: {
    icon: IconBox,
    tone: "info",
    text: msg`{count, plural, one {# parcel} other {# parcels}} expected`,
    action: msg`Receive`,
  },
  inspect: {
    icon: IconStethoscope,
    tone: "info",
    text: msg`{count, plural, one {# device} other {# devices}} to inspect`,
    action: msg`Inspect`,
  },
  quote: {
    icon: IconReceipt2,
    tone: "money",
    text: msg`{count, plural, one {# device} other {# devices}} to quote`,
    action: msg`Quote`,
  },
  payments: {
    icon: IconReceipt2,
    tone: "money",
    text: msg`{count, plural, one {# payment} other {# payments}} to check`,
    action: msg`Check`,
  },
  repair: {
    icon: IconTool,
    tone: "info",
    text: msg`{count, plural, one {# device} other {# devices}} to repair`,
    action: msg`Repair`,
  },
  ship: {
    icon: IconTruck,
    tone: "ok",
    text: msg`{count, plural, one {# device} other {# devices}} to send home`,
    action: msg`Ship`,
  },
  corrections: {
    icon: IconHelpCircle,
    tone: "warn",
    text: msg`{count, plural, one {# correction} other {# corrections}} to decide`,
    action: msg`Decide`,
  },
};

const unknown: NeedText = { icon: IconAlertTriangle, tone: "info", text: msg`Something needs you`, action: open };

export interface ShownNeed {
  icon: TablerIcon;
  tone: Tone;
  text: string;
  action: string;
}

export function showNeed(need: Need): ShownNeed {
  const { icon, tone, text, action } = texts[need.kind] ?? texts[need.kind.replace(/^bench_/, "")] ?? unknown;
  const money = (need.money ?? []).map(formatMoney).join(" + ");
  return {
    icon,
    tone,
    text: i18n._(text.id, { count: need.count, days: need.days, money }, { message: text.message }),
    action: i18n._(action),
  };
}
