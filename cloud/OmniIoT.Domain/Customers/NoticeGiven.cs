using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Customers;

/// <summary>A customer was told of an alarm of a type, whichever of their devices raised it.</summary>
/// <param name="At">In our time.</param>
public sealed record NoticeGiven(string AlarmType, Instant At)
{
    /// <summary>For so long they hear of no other alarm of the type, however often it comes and goes.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMinutes(30);
}
