using System.Text.Json;

namespace OmniIoT.Devices.Models;

internal sealed partial class DeviceModelBuilder
{
    private List<MaintenanceDefinition> ReadMaintenance(JsonNodeReader document)
    {
        List<MaintenanceDefinition> maintenance = new();
        if (!document.TryGet("maintenance", out JsonNodeReader array))
            return maintenance;
        foreach (JsonNodeReader item in array.Items())
        {
            if (!item.IsObject("type", "title", "every", "orEvery"))
                continue;
            bool isTimed = item.TryGet("orEvery", out JsonNodeReader orEvery);
            TimeSpan? time = isTimed ? orEvery.Duration() : null;
            UsageInterval? usage = null;
            if (!item.TryGet("every", out JsonNodeReader every))
            {
                if (!isTimed)
                    item.Fail("'every' or 'orEvery' is missing");
            }
            else if (every.Element.ValueKind == JsonValueKind.String)
                time = every.Duration();
            else
                usage = ReadUsage(every);
            string type = ReadAlarmType(item);
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
        string? metric = every.RequiredText("usage");
        int slot = _metrics.FindIndex(known => known.Key == metric && known.Value.Kind == MetricKind.Counter);
        if (metric is not null && slot < 0 && every.TryGet("usage", out JsonNodeReader at))
        {
            IEnumerable<string> counters = _metrics.Where(known => known.Value.Kind == MetricKind.Counter).Select(known => known.Key);
            at.Fail($"'{metric}' is no counter of the model; its counters are: {Listed(counters)}");
        }
        if (!every.TryGet("amount", out JsonNodeReader amount))
            every.Fail("'amount' is missing");
        else if (amount.Element.ValueKind == JsonValueKind.Number && amount.Element.GetDouble() is > 0 and < double.PositiveInfinity)
            return new UsageInterval(metric ?? "", slot, amount.Element.GetDouble());
        else
            amount.Fail($"a number above 0 is expected, not {amount.Described}");
        return null;
    }
}
