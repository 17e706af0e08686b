/** Stories of the field: settings of one or two games, and in both languages three sentences and a question. */
const BASE = { data: 'ring8', objective: 'non-saturating', constraint: 'none', weight: 1, criticSteps: 1, generatorRate: 0.001, discriminatorRate: 0.001, width: 64, seed: 0, drawn: [] };

export const PRESETS = [
  {
    key: 'free', title: ['Free play', '自由实验'], lanes: [{}],
    text: [
      ['Grey points are data, orange ones are made by the generator G. The colour is what the discriminator D thinks: blue where it sees data. Arrows show where G is told to move each point.', 'Which mode is found last, and why?'],
      ['灰点是数据，橙点由生成器 G 产生。颜色表示判别器 D 的看法：蓝色处它认为是数据。箭头表示 G 被要求把每个点移向何处。', '哪个模式最后被找到？为什么？'],
    ],
  },
  {
    key: 'collapse', title: ['Mode collapse', '模式崩溃'],
    lanes: [{ objective: 'minimax', generatorRate: 0.002, discriminatorRate: 0.001 }, { objective: 'wasserstein', constraint: 'gradient-penalty', weight: 1, criticSteps: 5 }],
    text: [
      ['On the left G learns much faster than D in the original game. It puts all its points where D is mistaken at this moment, and moves on when D notices (Goodfellow et al. 2014, section 6). On the right a critic with a gradient penalty, trained five times as often, gives a direction to every point.', 'How many modes does the left one ever hold at once?'],
      ['左侧在原始博弈中 G 学得比 D 快得多。它把所有点放在 D 此刻出错的地方，被发现后再换一处（Goodfellow 等 2014，第 6 节）。右侧是带梯度惩罚、训练次数为五倍的评论家，它给每个点一个方向。', '左侧同时最多能保持几个模式？'],
    ],
  },
  {
    key: 'vanishing', title: ['Vanishing gradient', '梯度消失'],
    lanes: [{ data: 'far', objective: 'minimax', criticSteps: 15, generatorRate: 0.0005 }, { data: 'far', objective: 'non-saturating', criticSteps: 15, generatorRate: 0.0005 }],
    text: [
      ['Data and generated points do not overlap, so that D soon tells them apart without error. In the minimax game on the left the gradient of log(1 − D) is then nearly zero (Arjovsky and Bottou 2017, theorem 2.4). The non-saturating loss on the right keeps a gradient, though not a steady one.', 'What happens to the left one if you lower the steps of D to 1?'],
      ['数据与生成点不重叠，D 很快就能毫无差错地区分它们。左侧的极小极大博弈中 log(1 − D) 的梯度几乎为零（Arjovsky 与 Bottou 2017，定理 2.4）。右侧的非饱和损失仍保有梯度，但并不稳定。', '若把左侧 D 的步数降为 1，会怎样？'],
    ],
  },
  {
    key: 'clipping', title: ['Weight clipping', '权重裁剪'],
    lanes: [{ objective: 'wasserstein', constraint: 'weight-clipping', weight: 0.03, criticSteps: 5 }, { objective: 'wasserstein', constraint: 'weight-clipping', weight: 0.3, criticSteps: 5 }],
    text: [
      ['A critic whose weights are clipped is Lipschitz, as the Wasserstein distance asks (Arjovsky et al. 2017). A small bound on the left makes it nearly linear, with small gradients. A large one on the right takes long to reach its limit, and bends more.', 'Which bound gives arrows that point to the modes?'],
      ['权重被裁剪的评论家满足 Lipschitz 条件，这正是 Wasserstein 距离所要求的（Arjovsky 等 2017）。左侧上界很小，函数近乎线性，梯度也小。右侧上界较大，要很久才达到极限，但更能弯曲。', '哪个上界让箭头指向各个模式？'],
    ],
  },
  {
    key: 'gp', title: ['Gradient penalty', '梯度惩罚'],
    lanes: [{ objective: 'wasserstein', constraint: 'weight-clipping', weight: 0.1, criticSteps: 5 }, { objective: 'wasserstein', constraint: 'gradient-penalty', weight: 1, criticSteps: 5 }],
    text: [
      ['The penalty asks the gradient for norm 1 on lines between data and generated points (Gulrajani et al. 2017). Clipping on the left spends its capacity on simple functions. With the penalty on the right the critic bends around each mode.', 'How do both losses differ when G has found all modes?'],
      ['惩罚项要求数据与生成点连线上的梯度范数为 1（Gulrajani 等 2017）。左侧的裁剪只能得到简单的函数。右侧有惩罚项，评论家会绕着每个模式弯曲。', '当 G 找到所有模式时，两边的损失有何不同？'],
    ],
  },
  {
    key: 'gn', title: ['Gradient normalization', '梯度归一化'],
    lanes: [{ constraint: 'spectral-normalization' }, { constraint: 'gradient-normalization' }],
    text: [
      ['Spectral normalization on the left bounds each layer of D on its own, so that the whole is often much flatter than allowed. Gradient normalization on the right divides D by the norm of its gradient plus its size (Wu et al. 2021). Its outputs lie in (−1, 1), and its slope is at most 1 everywhere.', 'Which of both fills the ring first?'],
      ['左侧的谱归一化分别约束 D 的每一层，整体往往比允许的平坦得多。右侧的梯度归一化把 D 除以其梯度范数与自身大小之和（Wu 等 2021）。其输出在 (−1, 1) 内，斜率处处至多为 1。', '哪一个先填满圆环？'],
    ],
  },
];

/** The games of a preset, with all settings. */
export function lanesOf(preset) {
  return preset.lanes.map(lane => ({ ...BASE, ...lane }));
}
