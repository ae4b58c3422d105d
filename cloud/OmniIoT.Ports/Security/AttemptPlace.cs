namespace OmniIoT.Ports.Security;

/// <summary>What an attempt got that asked for a place to be judged in.</summary>
/// <param name="Wait">How long until its key may try again: too many were wrong; null: it has its place, or everybody waits.</param>
/// <param name="IsBusy">Those before it were not judged in time: nothing is known against it.</param>
public sealed record AttemptPlace(TimeSpan? Wait, bool IsBusy = false)
{
    /// <summary>After which somebody who was sent away without being judged may come again.</summary>
    public static readonly TimeSpan PauseWhenBusy = TimeSpan.FromSeconds(2);

    public static AttemptPlace Given { get; } = new((TimeSpan?)null);

    public static AttemptPlace Busy { get; } = new(null, IsBusy: true);

    /// <summary>After which it may come again; null: it has its place.</summary>
    public TimeSpan? Pause => IsBusy ? PauseWhenBusy : Wait;
}
