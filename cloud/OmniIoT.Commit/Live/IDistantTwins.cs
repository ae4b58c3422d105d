namespace OmniIoT.Commit.Live;

/// <summary>Twins that change at other processes.</summary>
public interface IDistantTwins
{
    /// <summary>Has them watched from here on; a process that does not answer at once is asked again by and by.</summary>
    ValueTask WatchAsync(CancellationToken cancellationToken);
}
