namespace OmniIoT.Channels.Tests.Adapters;

/// <summary>A clock whose pauses are over at once.</summary>
internal sealed class HurriedTime : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, TimeSpan.Zero, period);
}
