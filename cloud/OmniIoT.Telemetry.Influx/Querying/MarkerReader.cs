using System.Globalization;
using OmniIoT.Devices.Time;
using OmniIoT.Telemetry.Influx.Points;
using OmniIoT.Telemetry.Packing;

namespace OmniIoT.Telemetry.Influx.Querying;

/// <summary>What the bucket says of itself: how far it is, and when its months were written to.</summary>
internal sealed class MarkerReader(QueryClient client)
{
    public async Task<long> PositionAsync(string lane, CancellationToken cancellationToken)
    {
        long position = 0;
        await client.AskAsync(
            $"SELECT max({Schema.Position}) FROM {Schema.Applied} WHERE {Schema.Lane} = {InfluxQl.Quote(TagValue.Encode(lane))}",
            ["max"],
            row => position = row.Cells[1].Integer,
            cancellationToken
        );
        return position;
    }

    public async Task<IReadOnlyList<(Month Month, Instant WrittenAt)>> MonthsAsync(CancellationToken cancellationToken)
    {
        List<(Month, Instant)> months = [];
        await client.AskAsync(
            $"SELECT max({Schema.WrittenAt}) FROM {Schema.Months} GROUP BY {Schema.Month}",
            ["max"],
            row => months.Add((MonthOf(row.Tag!), new Instant(row.Cells[1].Integer))),
            cancellationToken
        );
        return months;
    }

    private static Month MonthOf(string name)
    {
        DateOnly first = DateOnly.ParseExact(name, "yyyy-MM", CultureInfo.InvariantCulture);
        return new Month(first.Year, first.Month);
    }
}
