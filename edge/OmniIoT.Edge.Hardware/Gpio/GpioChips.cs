using System.Device.Gpio;
using System.Device.Gpio.Drivers;
using System.Globalization;
using System.Runtime.InteropServices;

namespace OmniIoT.Edge.Hardware.Gpio;

/// <summary>The kernel's GPIO chips, through libgpiod.</summary>
internal static class GpioChips
{
    private const string NamePrefix = "gpiochip";

    /// <summary>A controller of its own for one line, so that closing it is closing the line.</summary>
    /// <param name="chip">The kernel's name as <c>gpiochip0</c>, or the chip's label: numbers differ between boards, labels do not.</param>
    /// <exception cref="IOException">There is no such chip, it may not be opened, or there is no libgpiod.</exception>
    public static GpioController Open(string chip)
    {
        // Asked for beforehand: the drivers' types do not survive that their library is missing.
        if (IsInstalled("libgpiod.so.2"))
            return new(new LibGpiodDriver(NumberOf(chip, LibGpiodDriver.GetAvailableChips)));
        if (IsInstalled("libgpiod.so.3"))
            return new(new LibGpiodV2Driver(NumberOf(chip, LibGpiodV2Driver.GetAvailableChips)));
        throw new IOException("libgpiod is not installed");
    }

    private static int NumberOf(string chip, Func<IList<GpioChipInfo>> available)
    {
        if (
            chip.StartsWith(NamePrefix, StringComparison.Ordinal)
            && int.TryParse(chip.AsSpan(NamePrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        )
            return number;
        return available().FirstOrDefault(one => one.Label == chip)?.Id ?? throw new IOException($"no GPIO chip is labelled '{chip}'");
    }

    private static bool IsInstalled(string library)
    {
        if (!NativeLibrary.TryLoad(library, out nint handle))
            return false;
        NativeLibrary.Free(handle);
        return true;
    }
}
