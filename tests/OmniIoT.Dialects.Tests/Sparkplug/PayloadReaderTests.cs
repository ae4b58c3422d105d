using System.IO.Compression;
using System.Text;
using OmniIoT.Dialects.Sparkplug.Payloads;

namespace OmniIoT.Dialects.Tests.Sparkplug;

public sealed class PayloadReaderTests
{
    [Fact]
    public void What_is_written_is_read_again()
    {
        SparkplugPayload payload = Payloads.Of(
            255,
            Payloads.Number("a", -1.5, alias: ulong.MaxValue) with
            {
                Timestamp = 7,
                IsHistorical = true,
                Unit = "Cel",
            },
            Payloads.Text("b", "ü"),
            new SparkplugMetric
            {
                Name = "c",
                DataType = MetricDataType.Float,
                Value = WireValue.Of(WireField.Float, BitConverter.SingleToUInt32Bits(2.5f)),
            },
            new SparkplugMetric
            {
                Name = "d",
                DataType = MetricDataType.Boolean,
                IsNull = true,
            }
        );

        Assert.True(PayloadReader.TryRead(PayloadWriter.Write(payload), out SparkplugPayload? read, out _));

        Assert.Equal((payload.Timestamp, payload.Sequence), (read.Timestamp, read.Sequence));
        Assert.Equal(payload.Metrics.Select(Described), read.Metrics.Select(Described));
    }

    [Fact]
    public void Known_bytes_are_read_as_the_schema_says()
    {
        // 1: 1000 (timestamp); 2: { 1: "T", 4: 3 (Int32), 10: 4294967295 }; 3: 7 (seq); field 99, unknown, is passed over.
        byte[] bytes =
        [
            0x08,
            0xE8,
            0x07,
            0x12,
            0x0B,
            0x0A,
            0x01,
            0x54,
            0x20,
            0x03,
            0x50,
            0xFF,
            0xFF,
            0xFF,
            0xFF,
            0x0F,
            0x18,
            0x07,
            0x98,
            0x06,
            0x01,
        ];

        Assert.True(PayloadReader.TryRead(bytes, out SparkplugPayload? read, out _));

        SparkplugMetric metric = Assert.Single(read.Metrics);
        Assert.Equal((1000UL, 7UL, "T", MetricDataType.Int32), (read.Timestamp!.Value, read.Sequence!.Value, metric.Name, metric.DataType));
        Assert.Equal(WireValue.Of(WireField.Int, uint.MaxValue), metric.Value);
    }

    [Theory]
    [InlineData("12 FF 01", "cut short")]
    [InlineData("0B", "a group")]
    [InlineData("00", "field 0")]
    [InlineData("08 FF FF FF FF FF FF FF FF FF FF 01", "a number of more than ten bytes")]
    [InlineData("12 03 0A 01 FF", "a name that is no UTF-8")]
    [InlineData("12 02 50", "a metric cut short")]
    [InlineData("12 05 55 00 00 00 00", "an integer in the wrong form")]
    public void Broken_bytes_are_refused(string hex, string what)
    {
        bool isRead = PayloadReader.TryRead(
            Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)),
            out _,
            out PayloadFault? fault
        );

        Assert.False(isRead, what);
        Assert.False(fault!.IsTooLarge);
    }

    [Fact]
    public void A_sequence_number_above_255_is_refused()
    {
        Assert.False(PayloadReader.TryRead(PayloadWriter.Write(Payloads.Of(256)), out _, out PayloadFault? fault));
        Assert.Contains("256", fault.Detail);
    }

    [Theory]
    [InlineData("DEFLATE")]
    [InlineData("GZIP")]
    [InlineData(null)]
    public void A_compressed_payload_is_inflated(string? algorithm)
    {
        byte[] body = Compress(PayloadWriter.Write(Payloads.Of(9, Payloads.Number("a", 1))), algorithm == "GZIP");

        Assert.True(PayloadReader.TryRead(Envelope(body, algorithm), out SparkplugPayload? read, out _));

        Assert.Equal((9UL, "a"), (read.Sequence!.Value, Assert.Single(read.Metrics).Name));
    }

    [Fact]
    public void DEFLATE_without_a_header_is_inflated_too()
    {
        using MemoryStream body = new();
        using (DeflateStream deflate = new(body, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(PayloadWriter.Write(Payloads.Of(9)));

        Assert.True(PayloadReader.TryRead(Envelope(body.ToArray(), null), out SparkplugPayload? read, out _));
        Assert.Equal(9UL, read.Sequence);
    }

    [Fact]
    public void What_inflates_beyond_the_bound_is_refused_as_too_large()
    {
        byte[] bomb = Envelope(Compress(new byte[64 * 1024 * 1024], gzip: true), "GZIP");
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.False(PayloadReader.TryRead(bomb, out _, out PayloadFault? fault));

        Assert.True(fault.IsTooLarge);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 * 1024 * 1024);
    }

    [Theory]
    [InlineData("LZ4")]
    [InlineData("DEFLATE")]
    public void A_body_that_cannot_be_inflated_is_refused(string algorithm)
    {
        Assert.False(PayloadReader.TryRead(Envelope([0x78, 0x9C, 1, 2, 3], algorithm), out _, out PayloadFault? fault));
        Assert.False(fault.IsTooLarge);
    }

    [Fact]
    public void More_metrics_than_are_taken_are_refused_as_too_large()
    {
        byte[] many = [.. Enumerable.Repeat(new byte[] { 0x12, 0x00 }, PayloadReader.MaximumMetrics + 1).SelectMany(metric => metric)];

        Assert.False(PayloadReader.TryRead(many, out _, out PayloadFault? fault));
        Assert.True(fault.IsTooLarge);
    }

    [Fact]
    public void Any_bytes_are_read_or_refused()
    {
        Random random = new(20261124);
        byte[] seed = PayloadWriter.Write(
            Payloads.Of(
                3,
                Payloads.Number("abc", 1, 5) with
                {
                    Unit = "V",
                },
                Payloads.Text("text", "some words"),
                Payloads.BirthDeathSequence(8)
            )
        );
        for (int i = 0; i < 50_000; i++)
        {
            byte[] mutated = [.. seed.Take(random.Next(seed.Length + 1))];
            for (int changes = random.Next(4); changes > 0 && mutated.Length > 0; changes--)
                mutated[random.Next(mutated.Length)] = (byte)random.Next(256);

            bool isRead = PayloadReader.TryRead(mutated, out SparkplugPayload? payload, out PayloadFault? fault);

            Assert.Equal(isRead, payload is not null);
            Assert.Equal(isRead, fault is null);
        }
    }

    private static string Described(SparkplugMetric metric) =>
        $"{metric with { Value = default }} {metric.Value.Field} {metric.Value.Bits} {Convert.ToHexString(metric.Value.Content.Span)}";

    private static byte[] Compress(byte[] bytes, bool gzip)
    {
        using MemoryStream body = new();
        using (
            Stream stream = gzip
                ? new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true)
                : new ZLibStream(body, CompressionLevel.Fastest, leaveOpen: true)
        )
            stream.Write(bytes);
        return body.ToArray();
    }

    private static byte[] Envelope(byte[] body, string? algorithm)
    {
        byte[] metrics = algorithm is null
            ? []
            : PayloadWriter.Write(new SparkplugPayload { Metrics = [Payloads.Text("algorithm", algorithm)] });
        byte[] uuid = Encoding.UTF8.GetBytes("SPBV1.0_COMPRESSED");
        List<byte> payload = [.. metrics, 0x22, (byte)uuid.Length, .. uuid, 0x2A];
        int length = body.Length;
        for (; length >= 0x80; length >>= 7)
            payload.Add((byte)(length | 0x80));
        return [.. payload, (byte)length, .. body];
    }
}
