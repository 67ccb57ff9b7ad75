import {
  Globe,
  Mail,
  MessageCircle,
  MessageSquare,
  MessagesSquare,
  Phone,
  Plug,
  Send,
  Smartphone,
  type LucideIcon,
} from 'lucide-react';

const ICONS: Readonly<Record<string, LucideIcon>> = {
  'live-chat': Globe,
  email: Mail,
  sms: Smartphone,
  whatsapp: MessageCircle,
  messenger: MessagesSquare,
  instagram: MessageSquare,
  telegram: Send,
  viber: MessageCircle,
  vk: MessageSquare,
  ok: MessageSquare,
  open: Plug,
  voice: Phone,
};

/** The medium of a channel, with its name for those who do not see it. */
export function ChannelIcon({ kind, name }: { readonly kind: string; readonly name: string }) {
  const Icon = ICONS[kind] ?? MessageSquare;
  return (
    <span className="channel-icon" title={name}>
      <Icon size={16} aria-hidden />
      <span className="hidden-but-read">{name}</span>
    </span>
  );
}
