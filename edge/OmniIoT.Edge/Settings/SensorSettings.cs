using System.Globalization;
using OmniIoT.Edge.Hardware;

namespace OmniIoT.Edge.Settings;

/// <summary>
/// Reads <c>sensors</c>, and <c>modbus</c> as more of them: <c>[{id, type, bus | chip, address | path | line, every, metrics: {quantity:
/// {name, deadband}}}]</c> and what the type has beyond that.
/// </summary>
internal sealed class SensorSettings(TimeSpan every, Board board)
{
    private static readonly string[] Common = ["id", "type", "every", "priority", "metrics"];
    private static readonly string[] Wave = ["wave", "low", "high", "period"];

    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public IReadOnlyList<SensorSpec> Read(SettingsSection settings) =>
        [
            .. settings
                .Children("sensors")
                .Select(section => Sensor(section, section.Text("type") ?? ""))
                .Concat(
                    settings.Children(ModbusSettings.Type).Select(section => Sensor(section, section.Text("type") ?? ModbusSettings.Type))
                )
                .OfType<SensorSpec>(),
        ];

    private SensorSpec? Sensor(SettingsSection section, string type)
    {
        string id = section.Id(_ids);
        if (SensorTypes.ConnectionOf(type) is not { } connection)
        {
            section.Mistake("type", type, $"one of {string.Join(", ", SensorTypes.Names)}");
            return null;
        }
        section.AllowOnly([.. Common, .. Place(connection), .. Own(type), .. connection is Wiring.Path or Wiring.None ? Wave : []]);
        SensorSpec standard = new SensorSpec { Id = id, Type = type };
        SensorSpec spec = standard with
        {
            Every = LiveSettings.IntervalOf(section, "every", every),
            Priority = section.Choice(
                "priority",
                standard.Priority,
                ("low", ReadingPriority.Low),
                ("normal", ReadingPriority.Normal),
                ("high", ReadingPriority.High)
            ),
            Metrics = [.. section.Children("metrics").Select(Metric)],
            Bus = connection == Wiring.I2c ? Bus(section) : section.Text("bus") ?? standard.Bus,
            Address = connection == Wiring.I2c ? Address(section, type) : null,
            Path = section.Text("path"),
            Line = connection == Wiring.Line ? LineSettings.Input(section, type) : null,
            RangeVolts = section.Number("range", standard.RangeVolts, 0, 10),
            ShuntOhms = section.Number("shuntOhms", standard.ShuntOhms, 1e-6, 1000),
            MaxAmperes = section.Number("maxAmperes", standard.MaxAmperes, 1e-3, 1000),
            Wave = Waveform(section, standard.Wave),
            Modbus = connection == Wiring.Network ? ModbusSettings.Read(section) : standard.Modbus,
        };
        CheckQuantities(section, spec);
        return spec;
    }

    /// <summary>What only this type has.</summary>
    private static string[] Own(string type) =>
        type switch
        {
            "ads1115" => ["range"],
            "ina219" => ["shuntOhms", "maxAmperes"],
            "button" => [LineSettings.Resistor],
            _ => [],
        };

    private static string[] Place(Wiring connection) =>
        connection switch
        {
            Wiring.I2c => ["bus", "address"],
            Wiring.Path => ["bus", "path"],
            Wiring.Line => ["bus", .. LineSettings.InputKeys],
            Wiring.Network => ModbusSettings.Keys,
            _ => [],
        };

    private static string Bus(SettingsSection section)
    {
        string bus = section.Text("bus") ?? "1";
        if (bus != Board.Simulated && !byte.TryParse(bus, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            section.Mistake("bus", bus, $"the number of an I2C adapter, as 1 for /dev/i2c-1, or {Board.Simulated}");
        return bus;
    }

    private static int? Address(SettingsSection section, string type)
    {
        if (section.Text("address") is not { } text)
            return null;
        bool read = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? int.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int address)
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out address);
        IReadOnlyList<int> allowed = SensorTypes.AddressesOf(type);
        if (read && allowed.Contains(address))
            return address;
        section.Mistake("address", text, $"an address of the chip: {string.Join(", ", allowed.Select(one => $"0x{one:x2}"))}");
        return null;
    }

    private static MetricSpec Metric(SettingsSection section)
    {
        section.AllowOnly("name", "deadband");
        return new(section.Key, section.Text("name") ?? section.Key, section.Number("deadband", 0, 0, double.MaxValue));
    }

    private static Waveform Waveform(SettingsSection section, Waveform standard) =>
        new()
        {
            Shape = section.Choice(
                "wave",
                standard.Shape,
                ("constant", WaveShape.Constant),
                ("sine", WaveShape.Sine),
                ("steps", WaveShape.Steps),
                ("noise", WaveShape.Noise)
            ),
            Low = section.Number("low", standard.Low, double.MinValue, double.MaxValue),
            High = section.Number("high", standard.High, double.MinValue, double.MaxValue),
            Period = section.Span("period", standard.Period),
        };

    /// <summary>The sensor has what is asked of it, and no two values go by one name.</summary>
    private void CheckQuantities(SettingsSection section, SensorSpec spec)
    {
        try
        {
            using ISensor sensor = board.Open(spec);
            string[] quantities = sensor.Quantities.Select(quantity => quantity.Name).ToArray();
            foreach (MetricSpec? metric in spec.Metrics.Where(metric => !quantities.Contains(metric.Quantity)))
                section.Mistake(
                    $"metrics:{metric.Quantity}",
                    metric.Quantity,
                    $"something that it measures: {string.Join(", ", quantities)}"
                );
            foreach (string? name in spec.Metrics.Count == 0 ? quantities : spec.Metrics.Select(metric => metric.Name))
            {
                if (!_names.Add(name))
                    section.Mistake("metrics", name, "a name that no other value has; give it one by metrics");
            }
        }
        catch (WrongSettingException wrong)
        {
            section.Mistake(wrong.Setting, section.Text(wrong.Setting), wrong.Message);
        }
    }
}
