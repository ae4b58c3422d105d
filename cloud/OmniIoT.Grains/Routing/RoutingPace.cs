using OmniIoT.Ports.Loops;

namespace OmniIoT.Grains.Routing;

/// <summary>How fast the router goes.</summary>
internal sealed record RoutingPace(BackgroundLoops Loops, GrainsOptions Options)
{
    /// <summary>By contract what waits is given to a free agent within a second.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);

    /// <summary>Of so many beats one looks into storage while no queue is set up.</summary>
    public const uint BeatsWithoutQueue = 20;

    /// <summary>How long an agent may take for a first answer before it goes to somebody else.</summary>
    public TimeSpan AnswerWithin => Options.Decisions.Desk.AnswerWithin;
}
