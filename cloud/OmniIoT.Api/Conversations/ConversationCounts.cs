using OmniIoT.Domain.Desk;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Conversations;

/// <summary>How many conversations there are.</summary>
/// <param name="Queues">All conversations of a queue, by its name; a queue without any is missing.</param>
public sealed record ConversationCounts(long Open, long Snoozed, long Closed, IReadOnlyDictionary<string, long> Queues)
{
    internal static ConversationCounts Of(IReadOnlyList<ConversationCount> counts) =>
        new(
            Sum(counts.Where(count => count.Status == ConversationStatus.Open)),
            Sum(counts.Where(count => count.Status == ConversationStatus.Snoozed)),
            Sum(counts.Where(count => count.Status == ConversationStatus.Closed)),
            counts.GroupBy(count => count.Queue).ToDictionary(queue => queue.Key, Sum)
        );

    private static long Sum(IEnumerable<ConversationCount> counts) => counts.Sum(count => count.Count);
}
