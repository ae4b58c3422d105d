using OmniIoT.Domain.Cases;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Cases;

/// <summary>How many cases there are.</summary>
/// <param name="Unresolved">Open, pending and verifying ones together.</param>
/// <param name="Queues">All cases of a queue, by its name; a queue without cases is missing.</param>
public sealed record CaseCounts(
    long Open,
    long Pending,
    long Verifying,
    long Resolved,
    long Closed,
    long Unresolved,
    IReadOnlyDictionary<string, long> Queues
)
{
    internal static CaseCounts Of(IReadOnlyList<CaseCount> counts)
    {
        long Sum(params ReadOnlySpan<CaseStatus> statuses)
        {
            long sum = 0;
            foreach (CaseStatus status in statuses)
                sum += counts.Where(count => count.Status == status).Sum(count => count.Count);
            return sum;
        }
        return new CaseCounts(
            Sum(CaseStatus.Open),
            Sum(CaseStatus.Pending),
            Sum(CaseStatus.Verifying),
            Sum(CaseStatus.Resolved),
            Sum(CaseStatus.Closed),
            Sum(CaseStatus.Open, CaseStatus.Pending, CaseStatus.Verifying),
            counts.GroupBy(count => count.Queue).ToDictionary(queue => queue.Key, queue => queue.Sum(count => count.Count))
        );
    }
}
