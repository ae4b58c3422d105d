using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Desk.Calendars;

/// <summary>Time without a break in which work is done.</summary>
/// <param name="To">Exclusive.</param>
internal readonly record struct OpenStretch(Instant From, Instant To);
