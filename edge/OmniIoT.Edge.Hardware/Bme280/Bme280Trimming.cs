using System.Buffers.Binary;

namespace OmniIoT.Edge.Hardware.Bme280;

/// <summary>
/// What one particular chip was trimmed to, and how numbers of its converter become physical values by that. Source: BME280
/// data sheet BST-BME280-DS002-15, revision 1.6: table 16 (storage), section 8.1 (formulas in double precision). Temperature and
/// pressure are those of the worked example in BMP280 data sheet BST-BMP280-DS001, section 3.12, whose formulas are the same:
/// 519888 is 25.08 °C, and with it 415148 is 100653.27 Pa.
/// </summary>
internal static class Bme280Trimming
{
    private const ushort T1 = 27504;
    private const short T2 = 26435,
        T3 = -1000;
    private const ushort P1 = 36477;
    private const short P2 = -10685,
        P3 = 3024,
        P4 = 2855,
        P5 = 140,
        P6 = -7,
        P7 = 15500,
        P8 = -14600,
        P9 = 6000;
    private const byte H1 = 75,
        H3 = 0;
    private const short H2 = 361,
        H4 = 314,
        H5 = 50;
    private const sbyte H6 = 30;

    /// <summary>Puts the words where table 16 has them: 0x88 to 0x9F, 0xA1, 0xE1 to 0xE7.</summary>
    public static void Store(Span<byte> registers)
    {
        short[] words = [unchecked((short)T1), T2, T3, unchecked((short)P1), P2, P3, P4, P5, P6, P7, P8, P9];
        for (int index = 0; index < words.Length; index++)
            BinaryPrimitives.WriteInt16LittleEndian(registers[(0x88 + (2 * index))..], words[index]);
        registers[0xA1] = H1;
        BinaryPrimitives.WriteInt16LittleEndian(registers[0xE1..], H2);
        registers[0xE3] = H3;
        // H4 and H5 share a byte: H4's low four bits below, H5's above.
        registers[0xE4] = H4 >> 4;
        registers[0xE5] = (H4 & 0xF) | ((H5 & 0xF) << 4);
        registers[0xE6] = H5 >> 4;
        registers[0xE7] = unchecked((byte)H6);
    }

    /// <summary>The temperature as the other two formulas want it; a 5120th of a degree.</summary>
    public static double FineTemperature(int raw)
    {
        double offset = (raw / 131072.0) - (T1 / 8192.0);
        return (((raw / 16384.0) - (T1 / 1024.0)) * T2) + (offset * offset * T3);
    }

    public static double Celsius(int raw) => FineTemperature(raw) / 5120;

    public static double Pascals(int raw, double fine)
    {
        double t = (fine / 2) - 64000;
        double offset = ((t * t * P6 / 32768) + (t * P5 * 2)) / 4 + (P4 * 65536.0);
        double gain = (1 + (((P3 * t * t / 524288) + (P2 * t)) / 524288 / 32768)) * P1;
        double p = (1048576.0 - raw - (offset / 4096)) * 6250 / gain;
        return p + (((P9 * p * p / 2147483648.0) + (p * P8 / 32768) + P7) / 16);
    }

    public static double Percent(int raw, double fine)
    {
        double t = fine - 76800;
        double h = (raw - ((H4 * 64.0) + (H5 / 16384.0 * t))) * (H2 / 65536.0 * (1 + (H6 / 67108864.0 * t * (1 + (H3 / 67108864.0 * t)))));
        return Math.Clamp(h * (1 - (H1 * h / 524288)), 0, 100);
    }
}
