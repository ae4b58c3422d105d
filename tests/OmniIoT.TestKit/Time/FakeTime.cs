using Microsoft.Extensions.Time.Testing;

namespace OmniIoT.TestKit.Time;

/// <summary>Clocks that stand until the test moves them.</summary>
public static class FakeTime
{
    /// <summary>Noon of a Monday in the working hours of most: 2 March 2026, UTC.</summary>
    public static FakeTimeProvider AtNoon() => new(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
}
