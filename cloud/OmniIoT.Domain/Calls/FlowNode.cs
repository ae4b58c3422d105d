using OmniIoT.Domain.Answers;

namespace OmniIoT.Domain.Calls;

/// <summary>One step of a voice menu. Exits are ids of other nodes.</summary>
public abstract record FlowNode
{
    private FlowNode() { }

    /// <summary>Where a call may go on from here, each with the place in the node that says so.</summary>
    public abstract IEnumerable<FlowExit> Exits { get; }

    /// <summary>Whether the caller is waited for here: only such nodes end the work of a turn.</summary>
    public virtual bool Waits => false;

    public sealed record Say(LocalizedText Text, string Next) : FlowNode
    {
        public override IEnumerable<FlowExit> Exits => [new("next", Next)];
    }

    public sealed record Gather : FlowNode
    {
        public const int DefaultTries = 3;

        /// <summary>How many digits are waited for, 1 to 20.</summary>
        public required int Digits { get; init; }

        /// <summary>Whether words are listened to as well.</summary>
        public required bool Speech { get; init; }

        public required IReadOnlyList<FlowChoice> Choices { get; init; }

        /// <summary>Said after what is no choice, or after silence; null: the question again.</summary>
        public LocalizedText? Again { get; init; }

        /// <summary>How often the caller is asked, 1 to 10.</summary>
        public int Tries { get; init; } = DefaultTries;

        /// <summary>Where the call goes on after so many tries.</summary>
        public required string Exhausted { get; init; }

        public override bool Waits => true;

        public override IEnumerable<FlowExit> Exits =>
            Choices
                .Select(static choice => new FlowExit($"gather/choices/{choice.Key}/next", choice.Next))
                .Append(new("gather/exhausted", Exhausted));
    }

    /// <summary>The first of the ways whose condition holds, else the other.</summary>
    public sealed record Branch(IReadOnlyList<FlowWay> Ways, string Otherwise) : FlowNode
    {
        public override IEnumerable<FlowExit> Exits =>
            Ways.Select(static (way, i) => new FlowExit($"branch/{i}/next", way.Next)).Append(new("otherwise", Otherwise));
    }

    /// <summary>Says how the caller's devices are.</summary>
    public sealed record SayDeviceStatus(string Next) : FlowNode
    {
        public override IEnumerable<FlowExit> Exits => [new("next", Next)];
    }

    /// <summary>The caller waits for a person.</summary>
    public sealed record Queue(string Id, FlowMusic Music) : FlowNode
    {
        public override bool Waits => true;

        public override IEnumerable<FlowExit> Exits => [];
    }

    /// <summary>Promises to call back.</summary>
    /// <param name="QueueId">Null: that of the conversation.</param>
    /// <param name="Next">Null: the call ends.</param>
    public sealed record CallBack(string? QueueId, string? Next) : FlowNode
    {
        public override IEnumerable<FlowExit> Exits => FlowExit.Maybe("next", Next);
    }

    /// <summary>Sends a link by which the caller goes on in the web chat.</summary>
    /// <param name="Channel">The id of the channel by which it leaves.</param>
    /// <param name="Text">What stands before it; null: words of the platform.</param>
    /// <param name="Next">Null: the call ends.</param>
    public sealed record SendLink(string Channel, LocalizedText? Text, string? Next) : FlowNode
    {
        public override IEnumerable<FlowExit> Exits => FlowExit.Maybe("next", Next);
    }

    /// <summary>Records what the caller says.</summary>
    /// <param name="QueueId">Null: that of the conversation.</param>
    /// <param name="Next">Null: the call ends.</param>
    public sealed record Voicemail(string? QueueId, string? Next) : FlowNode
    {
        public override bool Waits => true;

        public override IEnumerable<FlowExit> Exits => FlowExit.Maybe("next", Next);
    }

    public sealed record HangUp : FlowNode
    {
        public override IEnumerable<FlowExit> Exits => [];
    }
}
