using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Sla;
using OmniIoT.Domain.Figures;

namespace OmniIoT.Domain.Customers;

// What is counted of the conversation.
public sealed partial class CustomerDecider
{
    /// <summary>Who comes again sooner than this did not get what they came for.</summary>
    private static readonly TimeSpan RepeatWithin = TimeSpan.FromDays(7);

    private const string AgentPrefix = "agent:";

    /// <summary>The customer began to talk, or began again.</summary>
    private Conversation Contacted(Decision decision, Conversation conversation, string channel)
    {
        FigureSubject of = FiguresOf(conversation) with { Channel = channel, Agent = null };
        decision.Count(Measures.Contacts, of);
        if (state.Facts.Closed?.ClosedAt is { } before && decision.Moment.Now - before <= RepeatWithin)
            decision.Count(Measures.Repeats, of);
        return conversation with { ContactAt = decision.Moment.Now };
    }

    /// <summary>It was not over after all: it counts so at the end that was none.</summary>
    /// <param name="closed">As it ended.</param>
    private static void CountResumed(Decision decision, Conversation closed)
    {
        if (closed.ClosedAt is { } at)
            decision.Count(Measures.Resumed, FiguresOf(closed), at);
    }

    /// <summary>The customer goes on by another channel.</summary>
    private static void CountSwitch(Decision decision, Conversation conversation, string channel)
    {
        if (conversation.Channels.Count > 0 && conversation.Channel != channel)
            decision.Count(Measures.Switches, FiguresOf(conversation) with { Channel = channel });
    }

    /// <summary>A person answered: the first time since the customer came, that is what they waited.</summary>
    private static Conversation Waited(Decision decision, Conversation conversation, string author)
    {
        if (conversation.ContactAt is not { } since)
            return conversation;
        string? agent = author.StartsWith(AgentPrefix, StringComparison.Ordinal) ? author[AgentPrefix.Length..] : conversation.Assignee;
        decision.CountSeconds(Measures.Waits, FiguresOf(conversation) with { Agent = agent }, decision.Moment.Now - since);
        return conversation with { ContactAt = null };
    }

    /// <summary>It ended: with a person's answer, with a bot's, or with none.</summary>
    private static Conversation CountEnd(Decision decision, Conversation closed)
    {
        FigureSubject of = FiguresOf(closed);
        decision.Count(Measures.Ended, of);
        if (closed.ContactAt is null)
            return closed;
        if (closed.Bot is { HandedOver: false } bot)
            decision.Count(Measures.Contained, of with { Bot = bot.Bot });
        else
            decision.Count(Measures.Abandoned, of);
        return closed with { ContactAt = null };
    }

    private static void CountBreach(Decision decision, Conversation conversation, SlaAlert alert)
    {
        if (alert.IsBreach)
            decision.Count(Measures.Breached, FiguresOf(conversation));
    }

    private static FigureSubject FiguresOf(Conversation conversation) =>
        new()
        {
            Channel = conversation.Channel,
            Queue = conversation.Queue,
            Agent = conversation.Assignee,
        };
}
