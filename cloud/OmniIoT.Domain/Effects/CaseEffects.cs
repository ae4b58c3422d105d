using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Effects;

public sealed record PutCase(Case Case) : Effect;

public sealed record AppendTimeline(TimelineEntry Entry) : Effect;
