using System.Collections.Concurrent;

namespace OmniIoT.Edge.Hardware.Guest;

/// <summary>Lines in and out, on the kernel's gpio-sim: its files pull an input and show what an output drives.</summary>
internal static class LineScenes
{
    private const string Chip = "gpiochip0";
    private const int Button = 4,
        Detector = 3,
        Relay = 5;
    private static readonly string Lines = Directory.GetDirectories("/sys/devices/platform/gpio-sim.0", "gpiochip*")[0];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static void Run(Board board)
    {
        Watch("button", Open(board, "button", Button, isActiveLow: true), Button, ["pull-down", "pull-up"]);
        Watch("hcsr501", Open(board, "hcsr501", Detector), Detector, ["pull-up", "pull-down"]);
        SwitchRelay(board);
        Refuse(board);
    }

    private static void Watch(string what, IEventSensor sensor, int line, string[] pulls)
    {
        using BlockingCollection<Measurement> changes = new();
        sensor.Changed += (_, measurement) => changes.Add(measurement);
        Say.Reading($"{what} at first", sensor);
        foreach (string pull in pulls)
        {
            Pull(line, pull);
            Say.That(
                $"{what} after {pull}",
                changes.TryTake(out Measurement change, Patience) ? $"{change.Quantity} {change.Value}" : "nothing"
            );
        }
        Say.Reading($"{what} at last", sensor);
        sensor.Dispose();
    }

    private static void SwitchRelay(Board board)
    {
        // As the resistor of a relay module: gpio-sim lets a line go that nobody holds.
        Pull(Relay, "pull-up");
        using (
            IOutput relay = board.Open(
                new OutputSpec
                {
                    Id = "r",
                    Type = "relay",
                    Line = Line(Chip, Relay, isActiveLow: true),
                }
            )
        )
        {
            foreach (bool on in new[] { false, true, false, true })
            {
                Say.Switching("relay switched", relay, on);
                Say.That($"relay's level when {(on ? "on" : "off")}", Level(Relay));
            }
            using IOutput second = board.Open(
                new OutputSpec
                {
                    Id = "s",
                    Type = "led",
                    Line = Line(Chip, Relay),
                }
            );
            Say.Switching("a held line", second, true);
        }
        Say.That("relay's level at the end", Level(Relay));
    }

    private static void Refuse(Board board)
    {
        using IOutput byLabel = board.Open(
            new OutputSpec
            {
                Id = "l",
                Type = "led",
                Line = Line("gpio-sim.0-node0", 6),
            }
        );
        Say.Switching("a chip by its label", byLabel, true);
        Say.That("its line's level", Level(6));
        using IOutput noChip = board.Open(
            new OutputSpec
            {
                Id = "n",
                Type = "led",
                Line = Line("gpiochip9", 1),
            }
        );
        Say.Switching("no chip", noChip, true);
        using IOutput noLine = board.Open(
            new OutputSpec
            {
                Id = "n",
                Type = "led",
                Line = Line(Chip, 200),
            }
        );
        Say.Switching("no line", noLine, true);
    }

    private static IEventSensor Open(Board board, string type, int line, bool isActiveLow = false) =>
        (IEventSensor)
            board.Open(
                new SensorSpec
                {
                    Id = type,
                    Type = type,
                    Line = Line(Chip, line, isActiveLow) with { Debounce = isActiveLow ? LineSpec.ContactDebounce : TimeSpan.Zero },
                }
            );

    private static LineSpec Line(string chip, int number, bool isActiveLow = false) =>
        new()
        {
            Chip = chip,
            Number = number,
            IsActiveLow = isActiveLow,
        };

    private static void Pull(int line, string pull) => File.WriteAllText($"{Lines}/sim_gpio{line}/pull", pull);

    private static string Level(int line) => File.ReadAllText($"{Lines}/sim_gpio{line}/value").Trim();
}
