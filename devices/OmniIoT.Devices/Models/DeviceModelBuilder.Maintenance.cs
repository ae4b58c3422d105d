using System.Text.Json;

namespace OmniIoT.Devices;

internal sealed partial class DeviceModelBuilder
{
    private List<MaintenanceDefinition> ReadMaintenance(JsonNodeReader document)
    {
        var maintenance = new List<MaintenanceDefinition>();
        if (!document.TryGet("maintenance", out var array))
            return maintenance;
        foreach (var item in array.Items())
        {
            if (!item.IsObject("type", "title", "every", "orEvery"))
                continue;
            var isTimed = item.TryGet("orEvery", out var orEvery);
            var time = isTimed ? orEvery.Duration() : null;
            UsageInterval? usage = null;
            if (!item.TryGet("every", out var every))
            {
                if (!isTimed)
                    item.Fail("'every' or 'orEvery' is missing");
            }
            else if (every.Element.ValueKind == JsonValueKind.String)
                time = every.Duration();
            else
                usage = ReadUsage(every);
            var type = ReadAlarmType(item);
            maintenance.Add(
                new()
                {
                    Type = type,
                    Title = item.TryGet("title", out _) ? ReadShownText(item, "title") ?? "" : type,
                    Usage = usage,
                    Time = time,
                }
            );
        }
        return maintenance;
    }

    private UsageInterval? ReadUsage(JsonNodeReader every)
    {
        if (!every.IsObject("usage", "amount"))
            return null;
        var metric = every.RequiredText("usage");
        var slot = _metrics.FindIndex(known =>
            known.Key == metric && known.Value.Kind == MetricKind.Counter
        );
        if (metric is not null && slot < 0 && every.TryGet("usage", out var at))
        {
            var counters = _metrics
                .Where(known => known.Value.Kind == MetricKind.Counter)
                .Select(known => known.Key);
            at.Fail($"'{metric}' is no counter of the model; its counters are: {Listed(counters)}");
        }
        if (!every.TryGet("amount", out var amount))
            every.Fail("'amount' is missing");
        else if (
            amount.Element.ValueKind == JsonValueKind.Number
            && amount.Element.GetDouble() is > 0 and < double.PositiveInfinity
        )
            return new UsageInterval(metric ?? "", slot, amount.Element.GetDouble());
        else
            amount.Fail($"a number above 0 is expected, not {amount.Described}");
        return null;
    }
}
