using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Models;
using OmniIoT.Devices.Rules;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Telemetry;

namespace OmniIoT.Domain.Devices;

/// <summary>
/// All that a device's decider remembers. The hot part (values, rules, sequence numbers) is written anew with every commit that
/// touched it, the facts only when they changed.
/// </summary>
public sealed class DeviceState
{
    private const byte FormatVersion = 2;

    /// <summary>As 2, with the facts behind it.</summary>
    private const byte WithFactsVersion = 1;

    private DeviceFacts _facts;
    private bool _factsChanged = true;

    public DeviceState(DeviceFacts facts, DeviceModel? model)
    {
        _facts = facts;
        Model = model;
        Values = new MetricTable(model?.Schema ?? MetricSchema.Empty);
        Rules = model?.RuleSet.CreateState();
    }

    private DeviceState(DeviceFacts facts, bool factsChanged, DeviceModel? model, MetricTable values, RuleState? rules)
    {
        _facts = facts;
        _factsChanged = factsChanged;
        Model = model;
        Values = values;
        Rules = rules;
    }

    public DeviceFacts Facts
    {
        get => _facts;
        set
        {
            _facts = value;
            _factsChanged = true;
        }
    }

    /// <summary>The model in force; null when the catalog lacks it.</summary>
    public DeviceModel? Model { get; private set; }

    public MetricTable Values { get; private set; }

    /// <summary>Null without a model.</summary>
    public RuleState? Rules { get; private set; }

    public SequenceWindow Sequence { get; set; }

    /// <summary>Arrival of the last message that was understood; null before the first.</summary>
    public Instant? LastSeenAt { get; set; }

    /// <summary>The newest time at which a message was judged; null before the first.</summary>
    public Instant? DeviceTime { get; set; }

    public TwinLocation? Location { get; set; }

    /// <summary>Goes on under another version of the model: what its rules still know stays.</summary>
    public void Adopt(DeviceModel? model)
    {
        ArrayBufferWriter<byte> buffer = new();
        Values.Write(buffer);
        int valuesLength = buffer.WrittenCount;
        if (Rules is not null)
            Model!.RuleSet.WriteState(Rules, buffer);
        Values = MetricTable.Read(buffer.WrittenSpan[..valuesLength], model?.Schema ?? MetricSchema.Empty);
        Rules = model?.RuleSet.ReadState(buffer.WrittenSpan[valuesLength..]);
        Model = model;
        TellReported();
    }

    /// <summary>Tells the rules of the reported properties, which are not part of what they remember.</summary>
    public void TellReported()
    {
        if (Rules is not null)
            Model!.RuleSet.SetReported(Rules, _facts.Reported);
    }

    /// <summary>The facts, when they changed since the last call; else null.</summary>
    public byte[]? TakeFacts()
    {
        if (!_factsChanged)
            return null;
        _factsChanged = false;
        return JsonSerializer.SerializeToUtf8Bytes(_facts, OmniJson.Options);
    }

    /// <summary>Whether a history is stored that was not read.</summary>
    public bool LacksHistory => Rules?.LacksOlder == true;

    /// <summary>
    /// What is long over of its rules' windows and what is usual, when it changed since the last call; else null. Called before <see
    /// cref="Write"/>.
    /// </summary>
    public byte[]? TakeHistory() => Rules is null ? null : Model!.RuleSet.TakeOlder(Rules);

    /// <param name="history">What <see cref="TakeHistory"/> returned; null when there is none.</param>
    public void ReadHistory(byte[]? history)
    {
        if (Rules is not null)
            Model!.RuleSet.ReadOlder(Rules, history);
    }

    /// <summary>Writes the hot part.</summary>
    public void Write(ArrayBufferWriter<byte> output)
    {
        output.Write([FormatVersion]);
        WriteOptional(output, LastSeenAt);
        WriteOptional(output, DeviceTime);
        WriteInt64(output, Sequence.Newest is null ? 0 : 1);
        WriteInt64(output, Sequence.Newest ?? 0);
        WriteInt64(output, (long)Sequence.Taken);
        WriteLocation(output);
        WriteSection(output, Values, static (values, buffer) => values.Write(buffer));
        WriteSection(
            output,
            this,
            static (state, buffer) =>
            {
                if (state.Rules is not null)
                    state.Model!.RuleSet.WriteRecentState(state.Rules, buffer);
            }
        );
        // At the end, which earlier versions do not look at: they may run beside this one.
        WriteOptional(output, Sequence.NewestAt);
        WriteInt64(output, Sequence.From);
        WriteOptional(output, Sequence.FromAt);
    }

    /// <summary>Reads a snapshot under the model that the catalog has now.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a snapshot of a device.</exception>
    public static DeviceState Read(ReadOnlySpan<byte> snapshot, ReadOnlySpan<byte> factsJson, Func<string, DeviceModel?> findModel)
    {
        byte version = Packed.Take(ref snapshot, 1)[0];
        if (version is not (FormatVersion or WithFactsVersion))
            throw new InvalidDataException("The snapshot is of another format.");
        Instant? lastSeenAt = ReadOptional(ref snapshot);
        Instant? deviceTime = ReadOptional(ref snapshot);
        bool hasSequence = ReadInt64(ref snapshot) != 0;
        long newest = ReadInt64(ref snapshot);
        ulong taken = (ulong)ReadInt64(ref snapshot);
        TwinLocation? location = ReadLocation(ref snapshot);
        ReadOnlySpan<byte> values = ReadSection(ref snapshot);
        ReadOnlySpan<byte> rules = ReadSection(ref snapshot);
        DeviceFacts facts =
            JsonSerializer.Deserialize<DeviceFacts>(version is WithFactsVersion ? snapshot : factsJson, OmniJson.Options)
            ?? throw new InvalidDataException("The snapshot has no facts.");
        Instant? numberedAt = version is WithFactsVersion || snapshot.IsEmpty ? deviceTime : ReadOptional(ref snapshot);
        // What earlier versions wrote tells nothing of the numbers below the window.
        bool hasRun = version is FormatVersion && !snapshot.IsEmpty;
        long from = hasRun ? ReadInt64(ref snapshot) : 0;
        Instant? fromAt = hasRun ? ReadOptional(ref snapshot) : null;
        DeviceModel? model = findModel(facts.Registration.Model);
        MetricTable table = MetricTable.Read(values, model?.Schema ?? MetricSchema.Empty);
        DeviceState state = new(facts, version is WithFactsVersion, model, table, model?.RuleSet.ReadState(rules))
        {
            LastSeenAt = lastSeenAt,
            DeviceTime = deviceTime,
            Sequence = new SequenceWindow(hasSequence ? newest : null, taken, hasSequence ? numberedAt : null, from, fromAt),
            Location = location,
        };
        state.TellReported();
        return state;
    }

    private void WriteLocation(ArrayBufferWriter<byte> output)
    {
        WriteOptional(output, Location?.At);
        WriteInt64(output, BitConverter.DoubleToInt64Bits(Location?.Lat ?? 0));
        WriteInt64(output, BitConverter.DoubleToInt64Bits(Location?.Lon ?? 0));
        WriteInt64(output, BitConverter.DoubleToInt64Bits(Location?.Accuracy ?? double.NaN));
    }

    private static TwinLocation? ReadLocation(ref ReadOnlySpan<byte> input)
    {
        Instant? at = ReadOptional(ref input);
        double latitude = BitConverter.Int64BitsToDouble(ReadInt64(ref input));
        double longitude = BitConverter.Int64BitsToDouble(ReadInt64(ref input));
        double accuracy = BitConverter.Int64BitsToDouble(ReadInt64(ref input));
        return at is { } known ? new TwinLocation(latitude, longitude, double.IsNaN(accuracy) ? null : accuracy, known) : null;
    }

    /// <summary>Writes a part of unknown length behind its length.</summary>
    private static void WriteSection<T>(ArrayBufferWriter<byte> output, T part, Action<T, ArrayBufferWriter<byte>> write)
    {
        int start = output.WrittenCount;
        output.Write(stackalloc byte[sizeof(int)]);
        write(part, output);
        int length = output.WrittenCount - start - sizeof(int);
        Span<byte> written = System.Runtime.InteropServices.MemoryMarshal.AsMemory(output.WrittenMemory).Span;
        BinaryPrimitives.WriteInt32LittleEndian(written[start..], length);
    }

    private static ReadOnlySpan<byte> ReadSection(ref ReadOnlySpan<byte> input) =>
        Packed.Take(ref input, BinaryPrimitives.ReadInt32LittleEndian(Packed.Take(ref input, sizeof(int))));

    private static void WriteOptional(ArrayBufferWriter<byte> output, Instant? at) =>
        WriteInt64(output, at?.UnixMilliseconds ?? long.MinValue);

    private static Instant? ReadOptional(ref ReadOnlySpan<byte> input) =>
        ReadInt64(ref input) is var milliseconds && milliseconds != long.MinValue ? new Instant(milliseconds) : null;

    private static void WriteInt64(ArrayBufferWriter<byte> output, long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(output.GetSpan(sizeof(long)), value);
        output.Advance(sizeof(long));
    }

    private static long ReadInt64(ref ReadOnlySpan<byte> input) =>
        BinaryPrimitives.ReadInt64LittleEndian(Packed.Take(ref input, sizeof(long)));
}
