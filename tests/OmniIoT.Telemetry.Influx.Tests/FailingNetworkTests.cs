using OmniIoT.Devices.Metrics;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Telemetry;
using OmniIoT.TestKit.Telemetry;

namespace OmniIoT.Telemetry.Influx.Tests;

/// <summary>Writes that fail lose nothing and double nothing.</summary>
public sealed class FailingNetworkTests(SharedInflux influx) : InfluxBench(influx)
{
    [Theory]
    [InlineData(WriteFailure.IsRefused)]
    [InlineData(WriteFailure.RequestIsLost)]
    [InlineData(WriteFailure.AnswerIsLost)]
    public async Task A_write_that_fails_is_tried_again_before_the_next(WriteFailure failure)
    {
        await using InfluxGate gate = await InfluxGate.StartAsync(Server.Url);
        InfluxTelemetryStore store = Open(Options with { Url = gate.Url });
        gate.FailNext(failure);

        await store.ApplyAsync(1, Start, [Series(At(0, seq: 1), At(0, seq: 2))], Cancel);

        // The readings twice, then the position.
        Assert.Equal(3, gate.Writes);
        Assert.Equal([At(0, seq: 1), At(0, seq: 2)], await RawOf(store));
        Assert.Equal(1, await store.PositionAsync(Cancel));
    }

    [Theory]
    [InlineData(WriteFailure.IsRefused)]
    [InlineData(WriteFailure.RequestIsLost)]
    [InlineData(WriteFailure.AnswerIsLost)]
    public async Task A_server_that_stays_away_ends_the_call_and_the_same_again_completes_it(WriteFailure failure)
    {
        await using InfluxGate gate = await InfluxGate.StartAsync(Server.Url);
        InfluxTelemetryStore store = Open(Options with { Url = gate.Url });
        Reading[] readings = [.. Enumerable.Range(0, 3).Select(i => At(i))];
        gate.FailNext(Enumerable.Repeat(failure, 4));

        await Assert.ThrowsAsync<StorageUnavailableException>(async () => await store.ApplyAsync(1, Start, [Series(readings)], Cancel));
        Assert.Equal(0, await store.PositionAsync(Cancel));
        // What was staged meanwhile comes with it.
        await store.ApplyAsync(2, Start, [Series([.. readings, At(3)])], Cancel);

        Assert.Equal([.. readings, At(3)], await RawOf(store));
        Assert.Equal(2, await store.PositionAsync(Cancel));
    }

    [Fact]
    public async Task What_the_server_will_never_take_is_not_tried_again_and_its_position_stays()
    {
        await using InfluxGate gate = await InfluxGate.StartAsync(Server.Url);
        InfluxTelemetryStore store = Open(Options with { Url = gate.Url });
        // Someone else's points in the bucket: the server takes some of a request, and not those of another type.
        using (HttpClient http = new())
        using (StringContent line = new($"telemetry,device=other text=1.5 {Start.UnixMilliseconds}000000"))
            (await http.PostAsync(new Uri(Server.Url, $"write?db={Options.Bucket}"), line, Cancel)).EnsureSuccessStatusCode();

        await Assert.ThrowsAsync<StorageUnavailableException>(async () =>
            await store.ApplyAsync(1, Start, [Series(At(0), new Reading(Start, 1, MetricValue.FromText("open")))], Cancel)
        );

        Assert.Equal(1, gate.Writes);
        Assert.Equal(0, await store.PositionAsync(Cancel));
    }

    [Fact]
    public async Task A_cancelled_call_ends_as_one()
    {
        using CancellationTokenSource stop = new();
        InfluxTelemetryStore store = Open();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.ApplyAsync(1, Start, [Series(At(0))], stop.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.PositionAsync(stop.Token));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Whatever_fails_in_between_the_end_is_what_a_simple_list_gives(int seed)
    {
        await using InfluxGate gate = await InfluxGate.StartAsync(Server.Url);
        InfluxTelemetryStore store = Open(Options with { Url = gate.Url });
        Random random = new(seed);
        TelemetryOracle oracle = new();
        List<Reading> staged = [];
        for (long position = 1; position <= 12; position++)
        {
            // More than fits into one request, with repetitions and late ones.
            Reading[] readings =
            [
                .. Enumerable
                    .Range(0, random.Next(1, 9_000))
                    .Select(_ => new Reading(
                        Start + TimeSpan.FromMilliseconds(random.Next(40_000)),
                        random.Next(3) == 0 ? null : random.Next(3),
                        MetricValue.FromNumber(random.Next(100))
                    )),
            ];
            oracle.Write(readings);
            staged.AddRange(readings);
            gate.FailNext(Enumerable.Range(0, random.Next(3)).Select(_ => (WriteFailure)random.Next(3)));
            if (random.Next(3) == 0)
                gate.FailNext(Enumerable.Repeat((WriteFailure)random.Next(3), 4));

            try
            {
                await store.ApplyAsync(position, Start, [Series([.. staged])], Cancel);
                staged.Clear();
            }
            catch (StorageUnavailableException)
            {
                // As for the mover: what is staged stays, and comes with what follows.
            }
        }
        if (staged.Count > 0)
            await Open().ApplyAsync(13, Start, [Series([.. staged])], Cancel);

        Assert.Equal(oracle.Raw(), await RawOf(store));
        TelemetryBuckets seconds = await store.BucketsAsync("d1", "temperature", null, null, 41, Cancel);
        Assert.Equal(
            oracle.Buckets(null, null, 1_000).Select(bucket => (bucket.At, bucket.Min, bucket.Max, bucket.Count)),
            seconds.Select(bucket => (bucket.At, bucket.Min, bucket.Max, bucket.Count))
        );
    }
}
