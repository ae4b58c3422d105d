namespace OmniIoT.Dialects.Sparkplug.Nodes;

/// <summary>How patient a host is with an edge node.</summary>
public sealed record EdgeNodeSettings
{
    /// <summary>
    /// How long a missing sequence number may be late before it counts as lost. Default 2 s: a connection keeps the order, so that
    /// only a node that publishes from several threads needs it.
    /// </summary>
    public TimeSpan ReorderWait { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long devices may take to be born again after their node was. Default 10 s: a thousand births over a slow link.
    /// </summary>
    public TimeSpan DeviceBirthWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Between the first and the second request for a rebirth; doubled from one to the next. Default 5 s.</summary>
    public TimeSpan FirstRebirthPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest pause between two requests. Default 5 min: a node that cannot be helped costs next to nothing.</summary>
    public TimeSpan LongestRebirthPause { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Devices behind one node; the births of more are refused. Default 1,000: a large plant floor.</summary>
    public int MaximumDevices { get; init; } = 1000;
}
