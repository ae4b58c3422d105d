using OmniIoT.Devices.Time;
using OmniIoT.Dialects.Sparkplug;
using OmniIoT.Dialects.Sparkplug.Nodes;
using OmniIoT.Dialects.Sparkplug.Payloads;
using static OmniIoT.Dialects.Tests.Sparkplug.Payloads;

namespace OmniIoT.Dialects.Tests.Sparkplug;

/// <summary>Random lives of a node, held against an oracle that keeps every message and counts by hand.</summary>
public sealed class EdgeNodeOracleTests
{
    private const int Lives = 300;

    /// <summary>
    /// A rebirth is wanted exactly when a message was lost for longer than the wait; and no value is ever lost by the order.
    /// </summary>
    [Fact]
    public void A_rebirth_is_wanted_exactly_when_a_message_is_lost()
    {
        for (int seed = 0; seed < Lives; seed++)
        {
            Random random = new(seed);
            int first = random.Next(256);
            List<int> sent = [.. Enumerable.Range(1, random.Next(1, 700))];
            List<int> arriving = Shuffled(random, [.. sent.Where(_ => random.Next(400) != 0)]);
            EdgeNode node = new(new EdgeNodeSettings());
            node.Take(MessageType.NodeBirth, null, Of((ulong)first), Start);
            Instant now = Start;
            List<double> taken = [];
            foreach (int message in arriving)
            {
                now += TimeSpan.FromMilliseconds(1);
                IReadOnlyList<NodeEvent> events = node.Take(
                    MessageType.NodeData,
                    null,
                    Of((ulong)((first + message) % 256), Number("n", message)),
                    now
                );
                taken.AddRange(events.OfType<DataCame>().SelectMany(data => data.Metrics.Readings).Select(reading => reading.Value.Number));
            }
            bool isWanted = node.Beat(now + TimeSpan.FromMinutes(1)).Any(came => came is RebirthWanted);

            bool isLost = Enumerable.Range(1, arriving.DefaultIfEmpty(0).Max()).Except(arriving).Any();
            Assert.True(isLost == isWanted, $"seed {seed}: lost {isLost}, wanted {isWanted}");
            Assert.Equal(arriving.Select(message => (double)message), taken);
        }
    }

    /// <summary>Whoever is born and not dead by the oracle's book is so by the node's, through any mixture of births and deaths.</summary>
    [Fact]
    public void Births_and_deaths_are_kept_as_a_book_would()
    {
        for (int seed = 0; seed < Lives; seed++)
        {
            Random random = new(seed);
            EdgeNode node = new(new EdgeNodeSettings());
            HashSet<string> alive = [];
            HashSet<string> book = [];
            ulong number = 0;
            byte sequence = 0;
            for (int step = 0; step < 200; step++)
            {
                string device = "d" + random.Next(3);
                (MessageType type, SparkplugPayload payload) = Next(random, book.Contains("node"), ref number, ref sequence);
                foreach (NodeEvent came in node.Take(type, device, payload, Start))
                    Note(alive, came);
                Write(book, type, device, isOfThisBirth: payload.BirthDeathSequence == number);
                Assert.True(book.SetEquals(alive), $"seed {seed}, step {step}: {type} {device}");
            }
        }
    }

    private static (MessageType Type, SparkplugPayload Payload) Next(Random random, bool isBorn, ref ulong number, ref byte sequence)
    {
        switch (random.Next(8))
        {
            case 0:
                sequence = (byte)random.Next(256);
                return (MessageType.NodeBirth, Of(sequence++, BirthDeathSequence(++number)));
            case 1:
                return (MessageType.NodeDeath, Of(null, BirthDeathSequence(number)));
            case 2 when number > 0:
                return (MessageType.NodeDeath, Of(null, BirthDeathSequence(number - 1)));
            case 3 or 4:
                return (MessageType.DeviceBirth, Of(isBorn ? sequence++ : sequence));
            case 5:
                return (MessageType.DeviceDeath, Of(isBorn ? sequence++ : sequence));
            default:
                return (MessageType.DeviceData, Of(isBorn ? sequence++ : sequence, Number("n", 1)));
        }
    }

    private static void Note(HashSet<string> alive, NodeEvent came)
    {
        switch (came)
        {
            case NodeBorn:
                alive.Add("node");
                break;
            case NodeDied:
                alive.Remove("node");
                break;
            case DeviceBorn born:
                alive.Add(born.Device);
                break;
            case DeviceDied died:
                alive.Remove(died.Device);
                break;
            default:
                break;
        }
    }

    private static void Write(HashSet<string> book, MessageType type, string device, bool isOfThisBirth)
    {
        if (type == MessageType.NodeBirth)
            book.Add("node");
        if (type == MessageType.NodeDeath && isOfThisBirth)
            book.Clear();
        if (type == MessageType.DeviceBirth && book.Contains("node"))
            book.Add(device);
        if (type == MessageType.DeviceDeath)
            book.Remove(device);
    }

    // As threads of a node would mix them: nothing comes more than a few places from where it belongs.
    private static List<int> Shuffled(Random random, List<int> messages)
    {
        for (int i = 0; i + 1 < messages.Count; i++)
        {
            int j = Math.Min(i + random.Next(3), messages.Count - 1);
            (messages[i], messages[j]) = (messages[j], messages[i]);
        }
        return messages;
    }
}
