using System.Globalization;
using Orleans.Runtime;

namespace OmniIoT.Cluster.Postgres;

/// <summary>Who suspects a member to be gone, and since when, as text: <c>address/milliseconds</c>, parted by blanks.</summary>
internal static class SuspectTimes
{
    public static string Write(IEnumerable<Tuple<SiloAddress, DateTime>> votes) =>
        string.Join(
            ' ',
            votes.Select(vote =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{vote.Item1.ToParsableString()}/{new DateTimeOffset(vote.Item2, TimeSpan.Zero).ToUnixTimeMilliseconds()}"
                )
            )
        );

    public static List<Tuple<SiloAddress, DateTime>> Read(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(ReadOne)];

    private static Tuple<SiloAddress, DateTime> ReadOne(string vote)
    {
        int slash = vote.LastIndexOf('/');
        long at = long.Parse(vote.AsSpan(slash + 1), CultureInfo.InvariantCulture);
        return Tuple.Create(SiloAddress.FromParsableString(vote[..slash]), DateTimeOffset.FromUnixTimeMilliseconds(at).UtcDateTime);
    }
}
