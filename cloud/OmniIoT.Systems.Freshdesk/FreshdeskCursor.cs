using System.Globalization;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Systems;

namespace OmniIoT.Systems.Freshdesk;

/// <summary>
/// Where the list of what changed goes on: at a second, behind so many tickets from it on. Times are in whole seconds, and in one of them
/// more may change than a page holds. Written <c>2026-12-01T06:00:00.000Z</c>, with the number behind a blank where it is not 0.
/// </summary>
/// <param name="Behind">Tickets from that second on that were read.</param>
internal readonly record struct FreshdeskCursor(Instant Since, int Behind)
{
    public static FreshdeskCursor Of(TicketPosition position)
    {
        string[] parts = (position.Cursor ?? "").Split(' ');
        return Instant.TryParse(parts[0], out Instant since)
            ? new FreshdeskCursor(since, parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0)
            : new FreshdeskCursor(position.Since, 0);
    }

    /// <summary>The page that has the next ticket, from 1 on.</summary>
    public int PageOf(int size) => (Behind / size) + 1;

    /// <summary>Behind a page of that size.</summary>
    public FreshdeskCursor After(IReadOnlyList<Ticket> page, int size)
    {
        if (page.Count == 0)
            return this;
        Instant last = page[^1].UpdatedAt;
        if (last > Since || page.Count < size)
            return new FreshdeskCursor(Instant.Max(last, Since), 0);
        return this with { Behind = PageOf(size) * size };
    }

    public override string ToString() => Behind == 0 ? $"{Since}" : string.Create(CultureInfo.InvariantCulture, $"{Since} {Behind}");
}
